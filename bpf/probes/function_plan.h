/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The plans of the receiver `function`. */
#pragma once

#include "function_layout.h"
#include <zerospan/planned.h>

ZS_PLANS(struct function_plan);
