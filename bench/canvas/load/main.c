/* Reads commands, one a line, and answers each with one line of JSON:
 *
 *   open AT_ONCE FILE              sockets as the file says, one a line: path, room, w or r, item, first message;
 *                                  so many are on their way in at a time
 *   step WHAT RATE WARM SECONDS    WHAT (operations or pointers) so often a second in all, evenly among those who write
 *   keep FILE                      from now on write the mark of everything that was answered there
 *   quit
 *
 * Everything is due at its time, whatever the server does, and its age counts from then.
 */
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ROOMS = 1024, AT_A_TURN = 256, OPEN_SECONDS = 60, DRAIN_SECONDS = 8 };
enum { SAMPLED_WHEN_ONE = 4, FEW_ROOMS = 10 };

enum kind kind;
struct connection all[MOST];
int how_many;

static int port, poll_fd, lives, closed, is_told;
static int writers[MOST], how_many_writers, watchers[MOST_ROOMS], rooms;
static struct connection *queued[MOST];
static int how_many_queued;
static FILE *kept;

static struct {
    uint64_t from, to, sent, measured, expected, delivered, acked, refused;
    struct histogram age, ack, late;
} step;
static uint64_t opened_at;
static struct histogram opening;

uint64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

void queue(struct connection *c)
{
    if (!c->is_queued) {
        c->is_queued = 1;
        queued[how_many_queued++] = c;
    }
}

void live(struct connection *c)
{
    c->is_live = 1;
    lives++;
    note(&opening, now_us() - opened_at);
}

void seen(struct connection *c, uint64_t due, int sender)
{
    if (sender == c->number || due < step.from || due >= step.to)
        return;
    uint64_t now = now_us();
    step.delivered++;
    note(&step.age, now > due ? now - due : 0);
}

void answered(uint64_t due, int sender)
{
    uint64_t now = now_us();
    if (kept)
        fprintf(kept, "%013llx%03x\n", (unsigned long long)due, (unsigned)sender);
    if (due < step.from || due >= step.to)
        return;
    step.acked++;
    note(&step.ack, now > due ? now - due : 0);
}

void refused(const char *message, size_t length)
{
    if (!step.refused++)
        fprintf(stderr, "%.*s\n", (int)length, message);
}

static void watch(struct connection *c, int events)
{
    struct epoll_event event = {.events = (uint32_t)events, .data.ptr = c};
    if (epoll_ctl(poll_fd, EPOLL_CTL_MOD, c->fd, &event) && errno == ENOENT)
        epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &event);
}

static void forget(struct connection *c)
{
    if (c->is_closed == 1) {
        c->is_closed = 2;
        closed++;
        epoll_ctl(poll_fd, EPOLL_CTL_DEL, c->fd, NULL);
    }
}

static void flush_all(void)
{
    int count = how_many_queued;
    how_many_queued = 0;
    for (int each = 0; each < count; each++) {
        struct connection *c = queued[each];
        c->is_queued = 0;
        if (c->is_closed)
            continue;
        flush(c);
        if (c->sent < c->out.length)
            watch(c, EPOLLIN | EPOLLOUT);
        forget(c);
    }
}

/* Wait until `until` at the latest, and take in what comes. */
static void turn(uint64_t until)
{
    struct epoll_event events[512];
    uint64_t now = now_us(), wait = until > now ? until - now : 0;
    struct timespec limit = {(time_t)(wait / 1000000), (long)(wait % 1000000) * 1000};
    flush_all();
    int count = epoll_pwait2(poll_fd, events, 512, &limit, NULL);
    is_told = 0;
    for (int each = 0; each < count; each++) {
        struct connection *c = events[each].data.ptr;
        if (!c)
            is_told = 1;
        if (!c || c->is_closed)
            continue;
        if (events[each].events & EPOLLOUT) {
            flush(c);
            if (c->sent == c->out.length)
                watch(c, EPOLLIN);
        }
        if (events[each].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            readable(c);
        forget(c);
    }
}

static void shut_all(void)
{
    for (int each = 0; each < how_many; each++)
        shut(&all[each]);
    how_many = how_many_writers = how_many_queued = rooms = lives = closed = 0;
    memset(watchers, 0, sizeof watchers);
}

static void read_plan(const char *name)
{
    char line[1024], writes;
    int in_room[MOST_ROOMS] = {0};
    FILE *plan = fopen(name, "r");
    while (plan && fgets(line, sizeof line, plan) && how_many < MOST) {
        struct connection *c = &all[how_many];
        int at = 0;
        sscanf(line, "%159s %d %c %63s %n", c->path, &c->room, &writes, c->item, &at);
        line[strcspn(line, "\n")] = 0;
        c->hello = strdup(line + at);
        c->number = how_many++;
        c->writes = writes == 'w';
        rooms = c->room >= rooms ? c->room + 1 : rooms;
        if (c->writes)
            writers[how_many_writers++] = c->number;
    }
    if (plan)
        fclose(plan);
    for (int each = how_many - 1; each >= 0; each--) {
        struct connection *c = &all[each];
        if (in_room[c->room]++ < (rooms < FEW_ROOMS ? SAMPLED_WHEN_ONE : 1)) {
            c->is_sampled = 1;
            watchers[c->room]++;
        }
    }
}

static void open_all(int at_once, const char *name)
{
    shut_all();
    read_plan(name);
    memset(&opening, 0, sizeof opening);
    opened_at = now_us();
    int begun = 0;
    while (lives + closed < how_many && now_us() < opened_at + OPEN_SECONDS * 1000000ull) {
        for (; begun < how_many && begun < lives + closed + at_once; begun++) {
            open_socket(&all[begun], port);
            watch(&all[begun], EPOLLIN | EPOLLOUT);
        }
        turn(now_us() + 100000);
    }
    printf("{\"live\":%d,\"closed\":%d,\"p50\":%.2f,\"all\":%.2f}\n", lives, closed, quantile(&opening, 0.5),
           quantile(&opening, 0.99999));
}

static void send_due(enum what what, uint64_t due)
{
    static int next;
    struct connection *c = &all[writers[next = (next + 1) % how_many_writers]];
    if (c->is_closed)
        return;
    say(c, what, due);
    step.sent++;
    note(&step.late, now_us() - due);
    if (due >= step.from && due < step.to) {
        step.measured++;
        step.expected += (uint64_t)(watchers[c->room] - c->is_sampled);
    }
}

/* What those who are only counted got of what the sampled ones in their room got: the least of all. */
static double least_share(const uint64_t *before)
{
    double most[MOST_ROOMS] = {0}, least = 1;
    for (int each = 0; each < how_many; each++)
        if ((double)(all[each].received - before[each]) > most[all[each].room])
            most[all[each].room] = (double)(all[each].received - before[each]);
    for (int each = 0; each < how_many; each++) {
        double share = (double)(all[each].received - before[each]) / (most[all[each].room] + 1);
        least = share < least ? share : least;
    }
    return least;
}

static void run_step(enum what what, double rate, double warm, double seconds)
{
    static uint64_t before[MOST];
    memset(&step, 0, sizeof step);
    for (int each = 0; each < how_many; each++)
        before[each] = all[each].received;
    double used = (double)clock() / CLOCKS_PER_SEC;
    uint64_t start = now_us() + 1000, number = 0, due = start;
    step.from = start + (uint64_t)(warm * 1e6);
    step.to = step.from + (uint64_t)(seconds * 1e6);
    while (due < step.to) {
        for (int each = 0; each < AT_A_TURN && due < step.to && due <= now_us(); each++) {
            send_due(what, due);
            due = start + (uint64_t)((double)++number / rate * 1e6);
        }
        turn(due);
    }
    double share = ((double)clock() / CLOCKS_PER_SEC - used) / ((double)(now_us() - start) / 1e6);
    uint64_t patience = now_us() + (what == POINTER ? 1 : DRAIN_SECONDS) * 1000000ull;
    while (now_us() < patience && closed < how_many &&
           (step.delivered < step.expected || (kind != YWEBSOCKET && step.acked < step.measured && what == OPERATION)))
        turn(now_us() + 20000);
    turn(now_us() + 50000);
    printf("{\"sent\":%llu,\"measured\":%llu,\"expected\":%llu,\"delivered\":%llu,\"acked\":%llu,\"refused\":%llu,"
           "\"closed\":%d,\"p50\":%.3f,\"p99\":%.3f,\"ack_p50\":%.3f,\"ack_p99\":%.3f,\"late_p99\":%.3f,"
           "\"least_share\":%.3f,\"cpu\":%.3f,\"took\":%.3f}\n",
           (unsigned long long)step.sent, (unsigned long long)step.measured, (unsigned long long)step.expected,
           (unsigned long long)step.delivered, (unsigned long long)step.acked, (unsigned long long)step.refused, closed,
           quantile(&step.age, 0.5), quantile(&step.age, 0.99), quantile(&step.ack, 0.5), quantile(&step.ack, 0.99),
           quantile(&step.late, 0.99), least_share(before), share, (double)(now_us() - start) / 1e6);
}

static void obey(const char *line)
{
    char what[16], name[512];
    double rate, warm, seconds;
    int at_once;
    if (sscanf(line, "open %d %511s", &at_once, name) == 2)
        open_all(at_once, name);
    else if (sscanf(line, "step %15s %lf %lf %lf", what, &rate, &warm, &seconds) == 4)
        run_step(what[0] == 'p' ? POINTER : OPERATION, rate, warm, seconds);
    else if (sscanf(line, "keep %511s", name) == 1) {
        kept = fopen(name, "w");
        setvbuf(kept, NULL, _IOLBF, 0);
        puts("{}");
    }
}

int main(int count, char **words)
{
    char line[1024] = "";
    struct epoll_event told = {.events = EPOLLIN};
    if (count != 3)
        return 2;
    kind = !strcmp(words[1], "ours") ? OURS : !strcmp(words[1], "hocuspocus") ? HOCUSPOCUS : YWEBSOCKET;
    port = atoi(words[2]);
    poll_fd = epoll_create1(0);
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &told);
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (strncmp(line, "quit", 4)) {
        /* Between commands, too, what comes is read and pings are answered. */
        turn(now_us() + 1000000);
        if (is_told && !fgets(line, sizeof line, stdin))
            break;
        if (is_told)
            obey(line);
    }
    return 0;
}
