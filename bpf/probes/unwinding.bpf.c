/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The host's own, beside the probes of each executable: functions that will never return because Go unwinds the stack
 * past them. It costs nothing where nobody panics.
 */
#include <zerospan/span.h>

char LICENSE[] SEC("license") = "GPL";

GO_FIELD(go_g_panic, "runtime.g", "_panic");
GO_FIELD(panic_sp, "runtime._panic", "sp");
/* go1.22..; before, sp meant something else */
GO_FIELD(panic_start_sp, "runtime._panic", "startSP");

/* Gives up the innermost spans, all but keep. */
static __always_inline void give_up(struct zs_key *key, struct zs_entry *entry, __u32 keep, __u8 end)
{
	if (entry->depth <= keep)
		return;
	zs_abandon(entry, keep, end);
	if (!keep && !entry->connection)
		bpf_map_delete_elem(&zs_contexts, key);
	else
		zs_write_end(entry);
}

static __always_inline struct zs_entry *entry_of(struct zs_key *key, __u64 g)
{
	struct zs_entry *entry;

	key->tgid = bpf_get_current_pid_tgid() >> 32;
	key->kind = ZS_KEY_GOROUTINE;
	key->id = go_read_pointer(g + go_g_goid);
	entry = zs_entry_find(key);
	return entry && entry->process_start_ns == zs_process_start() ? entry : 0;
}

/*
 * runtime.recovery(gp *g), on the thread's own stack: RAX = gp. A deferred function has recovered and returned; the
 * function that deferred it goes on to its end, and everything it called is gone.
 */
GO_START("runtime.recovery")
int recovered(void *ctx)
{
	struct zs_key key = {};
	struct zs_entry *entry;
	__u64 g = go_arg(ctx, 1);
	__u32 stack;

	if (!zs_armed(ctx))
		return 0;
	entry = entry_of(&key, g);
	if (!entry)
		return 0;
	stack = zs_depth_of(g, go_read_pointer(go_read_pointer(g + go_g_panic) + panic_sp));
	if (stack) /* it called the others from there */
		give_up(&key, entry, zs_alive(entry, stack + 1), ZS_END_PANIC);
	return 0;
}

/*
 * runtime.Goexit(): the goroutine ends after its deferred functions. A request's span does so in one of them, whatever
 * else is open never will.
 */
GO_START_OPTIONAL("runtime.Goexit")
int goroutine_ends(void *ctx)
{
	struct zs_key key = {};
	struct zs_entry *entry;

	if (!zs_armed(ctx))
		return 0;
	entry = entry_of(&key, zs_g((struct zs_regs *)ctx));
	if (entry)
		give_up(&key, entry, entry->context ? 1 : 0, ZS_END_GOEXIT);
	return 0;
}
