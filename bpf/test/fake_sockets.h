/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * A connection's end as the programs at the socket see it. What they may touch of a message is a copy of exactly the bytes
 * that they have pulled, gone with the next helper: the address sanitizer tells of any other.
 */
#pragma once

#include "go_world.h"

#define MESSAGE_MAX 40000

/* Forgets all sockets; the next one is a connection from CLIENT_END to SERVER_END with ample room. */
void sockets_reset(void);
/* The next messages go over another connection. */
void sockets_between(struct address client, struct address server);
/* Bytes that TCP still has to send, and how many it takes. */
void sockets_unsent(int queued, int most);
/* The nth helper that changes or shows the message fails, from 1; 0: none. */
void sockets_fail(int nth);
/* From now on a socket gets no state. */
void sockets_without_storage(void);
/* Whether that helper was reached. */
int sockets_failed(void);

/* What process's message becomes on its way; valid until the next one. */
struct sent {
	__u8 bytes[MESSAGE_MAX];
	__u32 size;
};
const struct sent *socket_send(const struct process *process, const void *bytes, __u32 size);

/* A connection is opened by a process, and established while another one runs. Whether its messages are looked at. */
int socket_open(const struct process *opener, const struct process *other);
/* The host's part: a process whose connections are wanted. */
void sockets_want(const struct process *process);
