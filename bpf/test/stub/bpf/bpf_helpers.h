/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Stands in for libbpf's header: the helpers that probes use, played by fake_kernel.c. */
#pragma once

#include <linux/types.h>

#define SEC(name)
#undef __always_inline
#define __always_inline inline __attribute__((always_inline))
#define __noinline __attribute__((noinline))

#define __uint(name, value) int(*name)[value]
#define __type(name, value) typeof(value) *name

/* A map is known by its name, as maps are that the host gives to every object; its shape comes along with each call. */
struct user_shape {
	const char *name;
	__u32 type, max_entries, key_size, value_size;
};

#define USER_NUMBER(field) (sizeof(*(field)) / sizeof(int))
#define USER_SHAPE(m) \
	(&(struct user_shape){#m, USER_NUMBER((m)->type), USER_NUMBER((m)->max_entries), sizeof(*(m)->key), \
			      sizeof(*(m)->value)})

void *user_lookup(const struct user_shape *map, const void *key);
long user_update(const struct user_shape *map, const void *key, const void *value, __u64 flags);
long user_delete(const struct user_shape *map, const void *key);
long user_ring_output(const char *ring, const void *data, __u64 size, __u64 flags);
long user_read(void *to, __u32 size, const void *from);
long user_write(void *to, const void *from, __u32 size);
/* Sockets and what they send, played by fake_sockets.c. */
void *user_socket_state(void *sk, __u64 flags);
void *user_tcp_sock(void *sk);
__u64 user_socket_cookie(void *ops);
long user_socket_add(void *ops, const __u64 *cookie);
long user_pull(void *msg, __u32 start, __u32 end);
long user_push(void *msg, __u32 start, __u32 size);
long user_pop(void *msg, __u32 start, __u32 size);
__u64 user_time(void);
__u32 user_random(void);
__u64 user_pid_tgid(void);
__u32 user_cpu(void);
__u64 user_cookie(void *ctx);
void *user_task(void);
/* A point at which something else may happen on another CPU. */
void user_step(void);

#define bpf_map_lookup_elem(m, k) user_lookup(USER_SHAPE(m), k)
#define bpf_map_update_elem(m, k, v, flags) user_update(USER_SHAPE(m), k, v, flags)
#define bpf_map_delete_elem(m, k) user_delete(USER_SHAPE(m), k)
#define bpf_ringbuf_output(m, data, size, flags) user_ring_output(#m, data, size, flags)
#define bpf_probe_read_user user_read
/* What a program may read of the kernel's memory is its own maps here. */
#define bpf_probe_read_kernel(to, size, from) ((long)!__builtin_memcpy(to, from, size))
#define bpf_probe_write_user user_write
#define bpf_sk_storage_get(map, sk, value, flags) user_socket_state(sk, flags)
#define bpf_skc_to_tcp_sock user_tcp_sock
#define bpf_get_socket_cookie user_socket_cookie
#define bpf_sock_hash_update(ops, map, key, flags) user_socket_add(ops, key)
#define bpf_msg_pull_data(msg, start, end, flags) user_pull(msg, start, end)
#define bpf_msg_push_data(msg, start, size, flags) user_push(msg, start, size)
#define bpf_msg_pop_data(msg, start, size, flags) user_pop(msg, start, size)
#define bpf_ktime_get_ns user_time
#define bpf_get_prandom_u32 user_random
#define bpf_get_current_pid_tgid user_pid_tgid
#define bpf_get_smp_processor_id user_cpu
#define bpf_get_attach_cookie user_cookie
#define bpf_get_current_task_btf user_task
