/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The beginning of what the host leaves at a planned site, see planned.h. */
#pragma once

#include <linux/types.h>

/* What the host writes at the beginning of each plan. */
struct zs_plan {
	__u32 type; /* goes into the records */
	__u32 zero;
};
