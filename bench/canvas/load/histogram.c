/* Times in microseconds, kept to within one per cent. */
#include "load.h"

static unsigned place(uint64_t us)
{
    if (us < 128)
        return (unsigned)us;
    unsigned power = 63u - (unsigned)__builtin_clzll(us);
    return (power - 6) * 128 + (unsigned)((us >> (power - 7)) & 127);
}

static double middle(unsigned place)
{
    if (place < 128)
        return place;
    unsigned power = place / 128 + 6;
    return (double)((128ull + place % 128) << (power - 7)) + (double)(1ull << (power - 7)) / 2;
}

void note(struct histogram *h, uint64_t us)
{
    h->count[place(us)]++;
    h->total++;
}

double quantile(const struct histogram *h, double q)
{
    uint64_t wanted = (uint64_t)((double)h->total * q), passed = 0;
    for (unsigned at = 0; at < 64 * 128; at++) {
        passed += h->count[at];
        if (h->count[at] && passed > wanted)
            return middle(at) / 1000;
    }
    return 0;
}
