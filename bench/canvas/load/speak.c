/* What is said on an open socket: our protocol (docs/asyncapi.yaml), or the sync protocol of Yjs as its servers wrap it.
 *
 * Every text holds a mark: '@', when it was due, and who sent it. Whoever reads the frame later finds it there.
 */
#include "load.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SYNC = 0, AWARENESS = 1, AUTH = 2, SYNC_REPLY = 4, SYNC_STATUS = 8 };
enum { STEP1 = 0, STEP2 = 1, UPDATE = 2 };
enum { FIRST_CLIENT = 1000 };

static const char filler[] = " people open the letter, but nobody knows whom to call about it, so they wait..";

static void text_of(const struct connection *c, uint64_t due, char *to)
{
    char mark[MARK_LENGTH + 2];
    snprintf(mark, sizeof mark, "@%013llx%03x", (unsigned long long)due, (unsigned)c->number);
    memcpy(to, mark, MARK_LENGTH + 1);
    memcpy(to + MARK_LENGTH + 1, filler, TEXT_LENGTH - MARK_LENGTH - 1);
    to[TEXT_LENGTH] = 0;
}

/* lib0's way to write numbers, and things with their length before them */
static char *number(char *to, uint64_t n)
{
    for (; n > 127; n >>= 7)
        *to++ = (char)(n | 128);
    *to++ = (char)n;
    return to;
}

static char *sized(char *to, const char *what, size_t length)
{
    to = number(to, length);
    memcpy(to, what, length);
    return to + length;
}

static const char *read_number(const char *at, const char *end, uint64_t *n)
{
    *n = 0;
    for (int shift = 0; at < end && shift < 63; shift += 7) {
        *n |= (uint64_t)(*at & 127) << shift;
        if (!(*at++ & 128))
            break;
    }
    return at;
}

static char *addressed(const struct connection *c, char *to)
{
    return kind == HOCUSPOCUS ? sized(to, c->item, strlen(c->item)) : to;
}

/* An update of Yjs (first version of its encoding): this client's own text grows by one more piece. */
static size_t update_of(struct connection *c, const char *text, char *to)
{
    char name[16], *at = to;
    uint64_t client = FIRST_CLIENT + (uint64_t)c->number;
    at = number(at, 1); /* clients */
    at = number(at, 1); /* pieces */
    at = number(at, client);
    at = number(at, c->clock);
    *at++ = c->clock ? (char)0x84 : 0x04; /* a string, after another one or as the first of all */
    if (c->clock) {
        at = number(at, client);
        at = number(at, c->clock - 1);
    } else {
        snprintf(name, sizeof name, "t%d", c->number);
        at = number(at, 1);
        at = sized(at, name, strlen(name));
    }
    at = sized(at, text, TEXT_LENGTH);
    at = number(at, 0); /* nothing deleted */
    c->clock += TEXT_LENGTH;
    return (size_t)(at - to);
}

static void wait_for(struct connection *c, uint64_t due)
{
    if (!c->waiting)
        c->waiting = malloc(IN_FLIGHT * sizeof *c->waiting);
    c->waiting[c->last_waiting++ % IN_FLIGHT] = due;
}

static void say_to_yjs(struct connection *c, enum what what, uint64_t due)
{
    char text[TEXT_LENGTH + 1], inner[512], state[160], message[1024], *at = addressed(c, message);
    text_of(c, due, text);
    if (what == OPERATION) {
        at = number(number(at, SYNC), UPDATE);
        at = sized(at, inner, update_of(c, text, inner));
        wait_for(c, due);
    } else {
        int length = snprintf(state, sizeof state, "{\"at\":\"%.17s\",\"x\":%u,\"y\":412}", text, (unsigned)(due & 1023));
        char *end = number(inner, 1);
        end = number(number(end, FIRST_CLIENT + (uint64_t)c->number), ++c->presence);
        end = sized(end, state, (size_t)length);
        at = sized(number(at, AWARENESS), inner, (size_t)(end - inner));
    }
    frame(c, BINARY, message, (size_t)(at - message));
}

static void say_to_ours(struct connection *c, enum what what, uint64_t due)
{
    char text[TEXT_LENGTH + 1], message[512];
    int length;
    text_of(c, due, text);
    if (what == OPERATION)
        length = snprintf(message, sizeof message,
                          "{\"type\":\"operations\",\"operations\":[{\"id\":\"load%03x:~%.16s\",\"verb\":\"set\","
                          "\"item\":\"%s\",\"payload\":{\"text\":\"%s\"},\"base\":%llu}]}",
                          (unsigned)c->number, text + 1, c->item, text, (unsigned long long)c->head);
    else
        length = snprintf(message, sizeof message,
                          "{\"type\":\"presence\",\"state\":{\"at\":\"%.17s\",\"x\":%u,\"y\":412}}", text,
                          (unsigned)(due & 1023));
    frame(c, TEXT, message, (size_t)length);
}

void say(struct connection *c, enum what what, uint64_t due)
{
    if (kind == OURS)
        say_to_ours(c, what, due);
    else
        say_to_yjs(c, what, due);
}

void greet(struct connection *c)
{
    char message[256], *at;
    if (kind == OURS) {
        frame(c, TEXT, c->hello, strlen(c->hello));
        return;
    }
    if (kind == HOCUSPOCUS) {
        at = number(number(addressed(c, message), AUTH), 0);
        at = sized(at, "none", 4);
        frame(c, BINARY, message, (size_t)(at - message));
    }
    at = number(number(addressed(c, message), SYNC), STEP1);
    at = sized(at, "\0", 1); /* holds nothing yet */
    frame(c, BINARY, message, (size_t)(at - message));
}

static int read_mark(const char *at, uint64_t *due, int *sender)
{
    uint64_t n = 0;
    for (int each = 0; each < MARK_LENGTH; each++) {
        char sign = at[each];
        if (sign >= '0' && sign <= '9')
            n = n << 4 | (uint64_t)(sign - '0');
        else if (sign >= 'a' && sign <= 'f')
            n = n << 4 | (uint64_t)(sign - 'a' + 10);
        else
            return 0;
    }
    *due = n >> 12;
    *sender = (int)(n & 4095);
    return 1;
}

static void look_for_marks(struct connection *c, const char *at, size_t length, char before)
{
    const char *end = at + length;
    uint64_t due;
    int sender;
    while ((at = memchr(at, before, (size_t)(end - at))) && end - ++at >= MARK_LENGTH)
        if (read_mark(at, &due, &sender)) {
            if (before == '~')
                answered(due, sender);
            else
                seen(c, due, sender);
            at += MARK_LENGTH;
        }
}

static int begins(const char *at, size_t length, const char *with)
{
    return length >= strlen(with) && !memcmp(at, with, strlen(with));
}

static void read_head(struct connection *c, const char *at, size_t length)
{
    const char *found = memmem(at, length < 64 ? length : 64, "\"head\":", 7);
    if (found)
        c->head = strtoull(found + 7, NULL, 10);
}

static void hear_ours(struct connection *c, const char *at, size_t length)
{
    if (begins(at, length, "{\"type\":\"ack"))
        look_for_marks(c, at, length, '~');
    else if (begins(at, length, "{\"type\":\"operations") || begins(at, length, "{\"type\":\"items")) {
        read_head(c, at, length);
        if (!c->is_live)
            live(c);
        else if (c->is_sampled)
            look_for_marks(c, at, length, '@');
    } else if (begins(at, length, "{\"type\":\"presence")) {
        if (c->is_live && c->is_sampled)
            look_for_marks(c, at, length, '@');
    } else if (begins(at, length, "{\"type\":\"refused"))
        refused(at, length);
}

static void hear_yjs(struct connection *c, const char *at, size_t length)
{
    const char *end = at + length, *inside = at;
    uint64_t size, type, step = 99;
    if (kind == HOCUSPOCUS) {
        inside = read_number(inside, end, &size);
        inside += size;
    }
    if (inside >= end)
        return;
    inside = read_number(inside, end, &type);
    if (inside < end)
        read_number(inside, end, &step);
    if (type == SYNC_STATUS && c->first_waiting != c->last_waiting)
        answered(c->waiting[c->first_waiting++ % IN_FLIGHT], c->number);
    else if (!c->is_live && (type == SYNC || type == SYNC_REPLY) && step == STEP2)
        live(c);
    else if (c->is_live && c->is_sampled)
        look_for_marks(c, at, length, '@');
}

void hear(struct connection *c, const char *at, size_t length)
{
    if (kind == OURS)
        hear_ours(c, at, length);
    else
        hear_yjs(c, at, length);
}

/* A long frame of rows that is counted, not read. */
int may_skip(struct connection *c, const char *at, size_t have)
{
    if (!c->is_live || c->is_sampled)
        return 0;
    if (kind != OURS)
        return 1;
    if (!begins(at, have, "{\"type\":\"operations"))
        return 0;
    read_head(c, at, have);
    return 1;
}
