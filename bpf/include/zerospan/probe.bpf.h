/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The one header to include in a probe. */
#pragma once

#include "connection.h"

char LICENSE[] SEC("license") = "GPL";
