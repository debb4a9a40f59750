/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Set by the host for each executable, before the object is loaded. */
#pragma once

#include <linux/types.h>

const volatile __u16 zs_event_type = 0; /* goes into each record */
const volatile __u32 zs_executable = 0; /* index into zs_settings */
const volatile __u8 zs_pie = 0;		/* the executable is loaded at a random address */
const volatile __u8 zs_stack_checks = 0; /* some site is the branch of a stack check, see go_stack_grows */
const volatile __u64 zs_seed[2] = {};	/* random, so that ids of two hosts differ */
