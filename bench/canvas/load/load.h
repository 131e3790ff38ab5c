/* An open-loop load generator for canvases and for documents of Yjs servers: what its files share. */
#ifndef LOAD_H
#define LOAD_H
#include <stddef.h>
#include <stdint.h>

enum kind { OURS, YWEBSOCKET, HOCUSPOCUS };
enum what { OPERATION, POINTER };
enum { TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };
enum { TEXT_LENGTH = 80, MARK_LENGTH = 16, MOST = 4096, IN_FLIGHT = 1 << 15 };

struct bytes {
    char *at;
    size_t length, room;
};

struct connection {
    int fd, number, room, writes, is_sampled;
    int is_upgraded, is_live, is_closed, is_queued;
    char path[160], item[64], *hello;
    struct bytes in, out;
    size_t sent, skip;
    /* what this side holds of the log, and how much of its own text it has written */
    uint64_t head, clock, presence, received;
    /* marks that wait for an answer, oldest first, where answers do not name what they answer */
    uint64_t *waiting;
    unsigned first_waiting, last_waiting;
};

struct histogram {
    uint64_t count[64 * 128], total;
};

extern enum kind kind;
extern struct connection all[MOST];
extern int how_many;

/* main.c */
void live(struct connection *c);
void seen(struct connection *c, uint64_t due, int sender);
void answered(uint64_t due, int sender);
void refused(const char *message, size_t length);
void queue(struct connection *c);
uint64_t now_us(void);

/* speak.c */
void greet(struct connection *c);
void say(struct connection *c, enum what what, uint64_t due);
void hear(struct connection *c, const char *at, size_t length);
int may_skip(struct connection *c, const char *at, size_t have);

/* wire.c */
void open_socket(struct connection *c, int port);
void shut(struct connection *c);
void frame(struct connection *c, int opcode, const char *message, size_t length);
void flush(struct connection *c);
void readable(struct connection *c);

/* histogram.c */
void note(struct histogram *h, uint64_t us);
double quantile(const struct histogram *h, double q);
#endif
