/* Sockets and WebSocket frames (RFC 6455), without waiting for anybody. */
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ENOUGH_TO_KNOW = 128, SHORT = 16 * 1024 };

static char shared[32 << 20];
static const unsigned char key[4] = {0x1d, 0xe4, 0x72, 0x9b};

static char *grow(struct bytes *b, size_t more)
{
    if (b->length + more > b->room) {
        b->room = (b->length + more) * 2;
        b->at = realloc(b->at, b->room);
    }
    return b->at + b->length;
}

static void add(struct bytes *b, const void *what, size_t length)
{
    memcpy(grow(b, length), what, length);
    b->length += length;
}

void open_socket(struct connection *c, int port)
{
    int on = 1;
    char request[512];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(c->fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) {
        perror("connect");
        exit(1);
    }
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                          c->path, port, port);
    add(&c->out, request, (size_t)length);
    queue(c);
}

void shut(struct connection *c)
{
    close(c->fd);
    free(c->in.at);
    free(c->out.at);
    free(c->hello);
    free(c->waiting);
    memset(c, 0, sizeof *c);
    c->fd = -1;
}

/* Masked as a browser does, with a key that is not zero: some servers save themselves the work for that one. */
void frame(struct connection *c, int opcode, const char *message, size_t length)
{
    unsigned char head[8] = {(unsigned char)(0x80 | opcode)};
    size_t size = length < 126 ? 2 : 4;
    head[1] = (unsigned char)(0x80 | (length < 126 ? length : 126));
    head[2] = (unsigned char)(length >> 8);
    head[3] = (unsigned char)length;
    memcpy(head + size, key, 4);
    add(&c->out, head, size + 4);
    char *to = grow(&c->out, length);
    for (size_t at = 0; at < length; at++)
        to[at] = (char)(message[at] ^ (char)key[at & 3]);
    c->out.length += length;
    queue(c);
}

void flush(struct connection *c)
{
    while (c->sent < c->out.length) {
        ssize_t done = send(c->fd, c->out.at + c->sent, c->out.length - c->sent, MSG_NOSIGNAL);
        if (done <= 0) {
            if (errno != EAGAIN && errno != ENOTCONN)
                c->is_closed = 1;
            return;
        }
        c->sent += (size_t)done;
    }
    c->sent = c->out.length = 0;
}

static size_t upgrade(struct connection *c, const char *at, size_t length)
{
    const char *end = memmem(at, length, "\r\n\r\n", 4);
    if (!end)
        return 0;
    if (length < 12 || memcmp(at + 9, "101", 3)) {
        fprintf(stderr, "no upgrade: %.*s\n", (int)(end - at), at);
        c->is_closed = 1;
    }
    c->is_upgraded = 1;
    greet(c);
    return (size_t)(end - at) + 4;
}

static void whole(struct connection *c, int opcode, const char *at, size_t length)
{
    c->received += length;
    if (opcode == PING)
        frame(c, PONG, at, length);
    else if (opcode == CLOSE) {
        fprintf(stderr, "closed: %d %.*s\n", (unsigned char)at[0] << 8 | (unsigned char)at[1], (int)length - 2, at + 2);
        c->is_closed = 1;
    } else if (opcode == TEXT || opcode == BINARY)
        hear(c, at, length);
}

/* How many bytes are done with. */
static size_t take(struct connection *c, const char *at, size_t have)
{
    size_t done = 0;
    while (!c->is_upgraded) {
        done = upgrade(c, at, have);
        if (!done)
            return 0;
    }
    while (have - done >= 2 && !c->is_closed) {
        const unsigned char *p = (const unsigned char *)at + done;
        size_t left = have - done, head = 2, length = p[1] & 127;
        if (length == 126)
            head = 4, length = left < 4 ? 0 : (size_t)p[2] << 8 | p[3];
        else if (length == 127) {
            head = 10;
            for (int each = 2; each < 10 && left >= 10; each++)
                length = (each == 2 ? 0 : length << 8) | p[each];
        }
        if (left < head)
            break;
        if (left >= head + length) {
            whole(c, p[0] & 15, at + done + head, length);
            done += head + length;
        } else if (length > SHORT && left > head + ENOUGH_TO_KNOW && may_skip(c, at + done + head, left - head)) {
            c->received += length;
            c->skip = head + length - left;
            return have;
        } else
            break;
    }
    return done;
}

void readable(struct connection *c)
{
    for (;;) {
        if (c->skip) {
            /* The rest of a long frame is not copied, only thrown away. */
            ssize_t gone = recv(c->fd, shared, c->skip, MSG_TRUNC);
            if (gone <= 0) {
                c->is_closed |= gone == 0 || errno != EAGAIN;
                return;
            }
            c->skip -= (size_t)gone;
            continue;
        }
        size_t carried = c->in.length, room = (1 << 20) < sizeof shared - carried ? 1 << 20 : sizeof shared - carried;
        memcpy(shared, c->in.at ? c->in.at : shared, carried);
        ssize_t came = recv(c->fd, shared + carried, room, 0);
        if (came <= 0) {
            c->is_closed |= came == 0 || (errno != EAGAIN && errno != ENOTCONN);
            return;
        }
        size_t have = carried + (size_t)came, done = take(c, shared, have);
        c->in.length = 0;
        add(&c->in, shared + done, have - done);
        if ((size_t)came < room && !c->skip)
            return;
    }
}
