/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The few fields of kernel structures that probes need, found by the running kernel's BTF. They are loaded directly
 * through BTF pointers, which lockdown allows.
 */
#pragma once

#include "wire.h"
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define ZS_KERNEL __attribute__((preserve_access_index))

struct ns_common {
	unsigned int inum;
} ZS_KERNEL;

struct net {
	struct ns_common ns;
} ZS_KERNEL;

struct nsproxy {
	struct net *net_ns;
} ZS_KERNEL;

typedef struct {
	int counter;
} zs_atomic_t;

struct signal_struct {
	zs_atomic_t live;
} ZS_KERNEL;

struct mm_struct {
	unsigned long end_code, start_data;
} ZS_KERNEL;

struct task_struct {
	int tgid;
	struct task_struct *group_leader;
	__u64 start_time;
	__u64 self_exec_id;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	struct mm_struct *mm;
} ZS_KERNEL;

static __always_inline struct task_struct *zs_task(void)
{
	return (struct task_struct *)bpf_get_current_task_btf();
}

/*
 * Tells a process from a later one with the same pid, and a program from the one that the same process ran before:
 * exec keeps the start time, so the number of execs is added, a few ns.
 */
static __always_inline __u64 zs_process_start(void)
{
	struct task_struct *leader = zs_task()->group_leader;

	return leader->start_time + leader->self_exec_id;
}

static __always_inline __u32 zs_netns(void)
{
	struct nsproxy *proxy = zs_task()->nsproxy;

	return proxy ? proxy->net_ns->ns.inum : 0;
}

/* Whether an address is in the program's read-only data, which the linker puts between its code and its variables. */
static __always_inline int zs_is_read_only(__u64 address)
{
	struct mm_struct *mm = zs_task()->mm;

	return mm && address >= mm->end_code && address < mm->start_data;
}
