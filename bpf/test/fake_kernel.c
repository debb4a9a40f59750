/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#include "fake_kernel.h"

#include "fake_maps.h"
#include "go_heap.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zerospan/kernel.h>

#define RING_HEADER 8 /* bytes that the kernel puts before each record */
#define RECORDS_MAX 8192 /* of one test, taken or not */

static const struct user_shape contexts = {"&zs_contexts", BPF_MAP_TYPE_HASH, 1, sizeof(struct zs_key),
					   sizeof(struct zs_entry)};
static const struct user_shape settings = {"&zs_settings", BPF_MAP_TYPE_ARRAY, ZS_EXECUTABLES_MAX, sizeof(__u32),
					   sizeof(struct zs_settings)};

static struct {
	const struct process *process;
	__u32 cpu;
	__u64 now, cookie, wave, random;
	struct {
		__u32 size;
		void *data;
	} records[RECORDS_MAX];
	int first_record, records_end;
	__u32 ring_used, ring_max;
	int steps_left, busy, interrupted;
	void (*happen)(void);
} kernel;

static struct {
	struct task_struct thread, leader;
	struct nsproxy proxy;
	struct net net;
	struct signal_struct signal;
	struct mm_struct mm;
} task;

void kernel_reset(void)
{
	while (kernel.first_record < kernel.records_end)
		free(kernel.records[kernel.first_record++].data);
	memset(&kernel, 0, sizeof(kernel));
	kernel.random = 1;
	kernel.wave = 1;
	maps_reset();
	maps_let_read(0);
	kernel_contexts_max(64);
	kernel_ring_max(65536);
}

const struct process *kernel_run_as(const struct process *process)
{
	const struct process *former = kernel.process;

	kernel.process = process;
	return former;
}

void kernel_cpu(__u32 cpu)
{
	kernel.cpu = cpu;
}

void kernel_time(__u64 ns)
{
	kernel.now = ns;
}

void kernel_cookie(__u64 cookie)
{
	kernel.cookie = cookie;
}

void kernel_wave(__u64 wave)
{
	kernel.wave = wave;
}

void kernel_contexts_max(__u32 entries)
{
	maps_hash_max(entries);
}

void kernel_ring_max(__u32 bytes)
{
	kernel.ring_max = bytes;
}

void kernel_arm(__u32 executable, __u32 armed)
{
	struct zs_settings value = {.armed = armed};

	map_update(&settings, &executable, &value, 0);
}

__u64 kernel_counter(enum zs_counter counter)
{
	static const struct user_shape counters = {"&zs_counters", BPF_MAP_TYPE_PERCPU_ARRAY, ZS_COUNTERS, sizeof(__u32),
					    sizeof(__u64)};
	__u32 index = counter;
	__u64 sum = 0;

	for (__u32 cpu = 0; cpu < CPUS_MAX; cpu++)
		sum += *(__u64 *)map_lookup(&counters, &index, cpu);
	return sum;
}

__u64 kernel_losses(void)
{
	__u64 sum = 0;

	for (int i = 0; i < ZS_LOSSES; i++)
		sum += kernel_counter(i);
	return sum;
}

struct sum {
	int value, kind;
};

static void count_kind(void *key, void *value, void *context)
{
	struct sum *sum = context;

	if (((struct zs_key *)key)->kind == sum->kind)
		sum->value++;
}

int kernel_entries(enum zs_key_kind kind)
{
	struct sum sum = {.kind = kind};

	map_each(contexts.name, count_kind, &sum);
	return sum.value;
}

int kernel_process_known(__u32 tgid)
{
	struct zs_key key = {.tgid = tgid, .kind = ZS_KEY_PROCESS};

	return map_lookup(&contexts, &key, 0) != 0;
}

void kernel_forget_process(__u32 tgid)
{
	struct zs_key key = {.tgid = tgid, .kind = ZS_KEY_PROCESS};

	map_delete(&contexts, &key);
}

int kernel_take_goroutine(const struct process *ended, __u64 goid)
{
	struct zs_key key = {.id = goid, .tgid = ended->tgid, .kind = ZS_KEY_GOROUTINE};
	const struct zs_entry *entry = map_lookup(&contexts, &key, 0);
	int open;

	if (!entry || entry->process_start_ns != ended->start_ns)
		return 0;
	open = entry->depth;
	map_delete(&contexts, &key);
	return open;
}

void kernel_note_process(__u32 tgid)
{
	struct zs_key key = {.tgid = tgid, .kind = ZS_KEY_PROCESS};
	struct zs_entry noted = {};

	map_update(&contexts, &key, &noted, 0);
}

int kernel_records(void)
{
	return kernel.records_end - kernel.first_record;
}

static __u32 ring_size(__u32 size)
{
	return RING_HEADER + ((size + 7) & ~7u);
}

__u32 kernel_take_record(void *to, size_t max)
{
	__u32 size;

	if (!kernel_records())
		return 0;
	size = kernel.records[kernel.first_record].size;
	if (size > max)
		abort();
	memcpy(to, kernel.records[kernel.first_record].data, size);
	free(kernel.records[kernel.first_record++].data);
	kernel.ring_used -= ring_size(size);
	return size;
}

void kernel_interrupt(int nth, void (*happen)(void))
{
	kernel.steps_left = nth;
	kernel.happen = happen;
	kernel.interrupted = 0;
}

int kernel_interrupted(void)
{
	kernel.steps_left = 0;
	return kernel.interrupted;
}

void user_step(void)
{
	const struct process *process = kernel.process;
	__u32 cpu = kernel.cpu;

	if (kernel.busy || !kernel.steps_left || --kernel.steps_left)
		return;
	kernel.busy = 1;
	maps_let_read(1);
	kernel.happen();
	maps_let_read(0);
	kernel.process = process;
	kernel.cpu = cpu;
	kernel.busy = 0;
	kernel.interrupted = 1;
}

void *user_lookup(const struct user_shape *map, const void *key)
{
	void *value;

	user_step();
	value = map_lookup(map, key, kernel.cpu);
	user_step();
	return value;
}

long user_update(const struct user_shape *map, const void *key, const void *value, __u64 flags)
{
	long error;

	user_step();
	if (flags == BPF_NOEXIST && map_lookup(map, key, 0))
		error = -EEXIST;
	else
		error = flags <= BPF_NOEXIST ? map_update(map, key, value, kernel.cpu) : -EINVAL;
	user_step();
	return error;
}

long user_delete(const struct user_shape *map, const void *key)
{
	long error;

	user_step();
	error = map_delete(map, key);
	user_step();
	return error;
}

long user_ring_output(const char *ring, const void *data, __u64 size, __u64 flags)
{
	if (strcmp(ring, "&zs_events") || flags != BPF_RB_NO_WAKEUP)
		return -EINVAL;
	if (kernel.ring_used + ring_size(size) > kernel.ring_max || kernel.records_end == RECORDS_MAX)
		return -EAGAIN;
	kernel.records[kernel.records_end].data = malloc(size);
	kernel.records[kernel.records_end].size = size;
	memcpy(kernel.records[kernel.records_end++].data, data, size);
	kernel.ring_used += ring_size(size);
	return 0;
}

long user_read(void *to, __u32 size, const void *from)
{
	user_step();
	if (!go_heap_read(to, size, (go_ptr)from))
		return 0;
	memset(to, 0, size); /* so does the kernel */
	return -EFAULT;
}

long user_write(void *to, const void *from, __u32 size)
{
	__u64 unused;

	user_step();
	for (__u32 i = 0; i < size; i++)
		if (go_heap_read(&unused, 1, (go_ptr)to + i))
			return -EFAULT;
	go_put_bytes((go_ptr)to, from, size);
	return 0;
}

__u64 user_time(void)
{
	return kernel.now;
}

__u32 user_random(void)
{
	kernel.random = kernel.random * 6364136223846793005ull + 1442695040888963407ull;
	return kernel.random >> 32;
}

__u64 user_pid_tgid(void)
{
	return (__u64)kernel.process->tgid << 32 | (kernel.process->tgid + 7);
}

__u32 user_cpu(void)
{
	return kernel.cpu;
}

__u64 user_cookie(void *ctx)
{
	return kernel.wave << 56 | kernel.cookie;
}

/* A thread that is not its process's first, and started later. */
void *user_task(void)
{
	const struct process *process = kernel.process;

	task.net.ns.inum = process->netns;
	task.proxy.net_ns = &task.net;
	task.signal.live.counter = process->threads;
	task.leader = (struct task_struct){.group_leader = &task.leader, .start_time = process->start_ns,
					   .self_exec_id = process->execs};
	task.leader.nsproxy = task.thread.nsproxy = &task.proxy;
	task.leader.signal = task.thread.signal = &task.signal;
	task.mm = (struct mm_struct){.end_code = process->code_end, .start_data = process->variables};
	task.leader.mm = task.thread.mm = &task.mm;
	task.thread.group_leader = &task.leader;
	task.thread.start_time = process->start_ns + 1000;
	task.leader.tgid = task.thread.tgid = process->tgid;
	return &task.thread;
}
