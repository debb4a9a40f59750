/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Go's register ABI and the shapes of its values. */
#pragma once

#include "constants.h"
#include "maps.h"
#include "tags.h"

#if defined(__TARGET_ARCH_x86)

#define ZS_ARCH "x86"

/* What a call leaves on the stack: the return address. */
#define GO_CALL_BYTES 8

/* The kernel's struct pt_regs on x86-64. */
struct zs_regs {
	__u64 r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs, flags, sp, ss;
};

#define zs_ip(regs) ((regs)->ip)
#define zs_g(regs) ((regs)->r14)
#define zs_sp(regs) ((regs)->sp)
/* Whether "jbe" would jump: carry or zero. */
#define zs_branches_below(regs) ((regs)->flags & 0x41)

/* Integer argument or result n, from 1; receiver first, a string or interface takes two. */
#define go_arg(ctx, n) go_arg_##n((struct zs_regs *)(ctx))
#define go_arg_1(r) ((r)->ax)
#define go_arg_2(r) ((r)->bx)
#define go_arg_3(r) ((r)->cx)
#define go_arg_4(r) ((r)->di)
#define go_arg_5(r) ((r)->si)
#define go_arg_6(r) ((r)->r8)
#define go_arg_7(r) ((r)->r9)
#define go_arg_8(r) ((r)->r10)
#define go_arg_9(r) ((r)->r11)

#elif defined(__TARGET_ARCH_arm64)

#define ZS_ARCH "arm64"

#define GO_CALL_BYTES 0 /* the return address is in a register */

/* The kernel's struct user_pt_regs. */
struct zs_regs {
	__u64 regs[31], sp, pc, pstate;
};

#define zs_ip(r) ((r)->pc)
#define zs_g(r) ((r)->regs[28])
#define zs_sp(r) ((r)->sp)
/* Whether "b.ls" would jump: no carry, or zero. */
#define zs_branches_below(r) (!((r)->pstate & 1ull << 29) || ((r)->pstate & 1ull << 30))
#define go_arg(ctx, n) (((struct zs_regs *)(ctx))->regs[(n) - 1])

#else
#error "unknown architecture: build with -D__TARGET_ARCH_x86 or -D__TARGET_ARCH_arm64"
#endif

/* An object of another machine loads as well as ours, and reads the wrong registers. */
ZS_TAG("zs:arch:" ZS_ARCH) const volatile __u8 zs_arch = 0;

GO_FIELD(go_g_goid, "runtime.g", "goid");
GO_FIELD(go_g_stack_hi, "runtime.g", "stack.hi");

struct go_string {
	__u64 data;
	__u64 length;
};

struct go_interface {
	__u64 itab;
	__u64 data;
};

#define GO_INTERFACE_DATA 8

struct go_slice {
	__u64 data;
	__u64 length;
	__u64 capacity;
};

/* Offset of the type in an itab: the interface's own type comes first. The same since Go 1.4. */
#define GO_ITAB_TYPE 8

/* Without a count where it fails: for memory that may never have been written, and so may have no page yet. */
static __always_inline int go_try_read(void *to, __u32 size, __u64 from)
{
	return bpf_probe_read_user(to, size, (const void *)from) ? -1 : 0;
}

static __always_inline int go_read(void *to, __u32 size, __u64 from)
{
	if (!go_try_read(to, size, from))
		return 0;
	zs_count(ZS_LOST_READ);
	return -1;
}

static __always_inline __u64 go_read_pointer(__u64 from)
{
	__u64 value = 0;

	return go_read(&value, sizeof(value), from) ? 0 : value;
}

/*
 * An attach cookie is the site's link-time address; above it bits that say that the site is behind the call, in the
 * caller, that the hook is a return, and that the site is the branch of the stack check; on top the wave in which it was
 * attached.
 */
#define ZS_WAVE_SHIFT 56
#define ZS_COOKIE_STACK_CHECK (1ull << 55)
#define ZS_COOKIE_RETURN (1ull << 54)
#define ZS_COOKIE_CALLER (1ull << 53)
#define ZS_COOKIE_ADDRESS (ZS_COOKIE_CALLER - 1)

/* How far from its link-time address the executable is loaded. */
static __always_inline __u64 go_bias(void *ctx)
{
	return zs_pie ? zs_ip((struct zs_regs *)ctx) - (bpf_get_attach_cookie(ctx) & ZS_COOKIE_ADDRESS) : 0;
}

/* The function is about to start again on a larger stack: this hit does not count. */
static __always_inline int go_stack_grows(void *ctx)
{
	return zs_stack_checks && bpf_get_attach_cookie(ctx) & ZS_COOKIE_STACK_CHECK &&
	       zs_branches_below((struct zs_regs *)ctx);
}

/* Link-time address of the dynamic type of a non-empty interface; 0 if it is nil or can't be read. */
static __always_inline __u64 go_dynamic_type(__u64 itab, __u64 bias)
{
	__u64 type = itab ? go_read_pointer(itab + GO_ITAB_TYPE) : 0;

	return type ? type - bias : 0;
}
