/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#define _GNU_SOURCE
#include "probes.h"

#include "../probes/function_plan.h"
#include "go_types.h"
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zerospan/pushed.h>
#include <zerospan/fixed_text.h>
#include <zerospan/keep.h>
#include <zerospan/strangers.h>

static const char *const names[PROBES] = {"http_server", "http_client", "lifecycle", "database_sql", "sdk_tracer",
					    "http_routes", "unwinding",   "socket",    "memory",       "function"};
static void *objects[PROBES];
static __u64 hit_address, hit_depth, deepest;
static int hit_grows;

const int probes_chain_max = ZS_CHAIN_MAX;
const __u64 probes_cookie_stack_check = ZS_COOKIE_STACK_CHECK;
const int probes_kept_max = ZS_KEPT_MAX;
const __u64 probes_return_cookie = ZS_COOKIE_RETURN;
const __u64 probes_caller_cookie = ZS_COOKIE_CALLER;
const __u64 probes_call_bytes = GO_CALL_BYTES;

/* resp_status is a field of another struct in each probe. */
static const struct {
	const char *name;
	__u64 value;
} constants[] = {
	{"zs_executable", EXECUTABLE},
	{"zs_pie", 0},
	{"zs_swiss_maps", 1},
	{"zs_header_formats", 0},
	{"zs_trust", 0},
	{"zs_sampling", 0},
	{"zs_sampling_parent_based", 0},
	{"zs_sampling_threshold", 0},
	{"zs_budget_threshold", 0},
	{"zs_stack_checks", 0},
	{"go_g_goid", G_GOID},
	{"go_g_stack_hi", G_STACK_HI},
	{"go_g_panic", G_PANIC},
	{"go_g_parent", G_PARENT},
	{"panic_sp", PANIC_SP},
	{"resp_conn", RESPONSE_CONN},
	{"resp_req", RESPONSE_REQ},
	{"conn_rwc", CONN_RWC},
	{"conn_remote_addr", CONN_REMOTE_ADDR},
	{"persist_conn", PERSIST_CONN},
	{"copied_http2_conn", HTTP2_SERVER_CONN},
	{"copied_http2_state", HTTP2_WRITER_STATE},
	{"copied_http2_stream", HTTP2_STATE_STREAM},
	{"copied_http2_request", HTTP2_STATE_REQUEST},
	{"copied_http2_status", HTTP2_STATE_STATUS},
	{"copied_http2_id", HTTP2_STREAM_ID},
	{"copied_client_conn", HTTP2_CLIENT_CONN},
	{"copied_stream_id", HTTP2_CLIENT_STREAM_ID},
	{"own_http2_conn", ZS_NO_FIELD},
	{"own_http2_state", ZS_NO_FIELD},
	{"own_http2_stream", ZS_NO_FIELD},
	{"own_http2_request", ZS_NO_FIELD},
	{"own_http2_status", ZS_NO_FIELD},
	{"own_http2_id", ZS_NO_FIELD},
	{"own_client_conn", ZS_NO_FIELD},
	{"own_stream_id", ZS_NO_FIELD},
	{"own_client_bw", ZS_NO_FIELD},
	{"x_http2_conn", HTTP2_SERVER_CONN},
	{"x_http2_state", HTTP2_WRITER_STATE},
	{"x_http2_stream", HTTP2_STATE_STREAM},
	{"x_http2_request", HTTP2_STATE_REQUEST},
	{"x_http2_status", HTTP2_STATE_STATUS},
	{"x_http2_id", HTTP2_STREAM_ID},
	{"x_client_conn", HTTP2_CLIENT_CONN},
	{"x_stream_id", HTTP2_CLIENT_STREAM_ID},
	{"h2c_conn", TYPE_H2C_CONN},
	{"h2c_conn_conn", H2C_CONN},
	{"req_method", REQUEST_METHOD},
	{"stream_method", STREAM_METHOD},
	{"stream_proto_major", STREAM_PROTO_MAJOR},
	{"stream_proto_minor", STREAM_PROTO_MINOR},
	{"stream_header", STREAM_HEADER},
	{"stream_host", STREAM_HOST},
	{"stream_remote_addr", STREAM_REMOTE_ADDR},
	{"stream_request_uri", STREAM_URI},
	{"stream_tls", STREAM_TLS},
	{"stream_ctx", STREAM_CTX},
	{"req_url", REQUEST_URL},
	{"req_proto_major", REQUEST_PROTO_MAJOR},
	{"req_proto_minor", REQUEST_PROTO_MINOR},
	{"req_header", REQUEST_HEADER},
	{"req_host", REQUEST_HOST},
	{"req_remote_addr", REQUEST_REMOTE_ADDR},
	{"req_request_uri", REQUEST_URI},
	{"req_tls", REQUEST_TLS},
	{"req_pattern", REQUEST_PATTERN},
	{"req_pat", REQUEST_PAT},
	{"req_ctx", REQUEST_CTX},
	{"pattern_str", PATTERN_STR},
	{"url_scheme", URL_SCHEME},
	{"url_opaque", URL_OPAQUE},
	{"url_user", URL_USER},
	{"url_host", URL_HOST},
	{"url_path", URL_PATH},
	{"url_raw_path", URL_RAW_PATH},
	{"url_raw_query", URL_RAW_QUERY},
	{"resp_proto_major", REPLY_PROTO_MAJOR},
	{"resp_proto_minor", REPLY_PROTO_MINOR},
	{"zs_hand_over", 1},
	{"zs_out_formats", 0},
	{"bufio_writer", TYPE_BUFIO_WRITER},
	{"conn_writer", TYPE_CONN_WRITER},
	{"writer_err", WRITER_ERR},
	{"writer_buf", WRITER_BUF},
	{"writer_n", WRITER_N},
	{"writer_wr", WRITER_WR},
	{"copied_client_bw", HTTP2_CLIENT_BW},
	{"x_client_bw", HTTP2_CLIENT_BW},
	{"go_tcp_conn", TYPE_TCP_CONN},
	{"go_tls_conn", TYPE_TLS_CONN},
	{"go_tcp_conn_fd", TCP_CONN_FD},
	{"go_tls_conn_conn", TLS_CONN_CONN},
	{"go_net_fd_laddr", NET_FD_LADDR},
	{"go_net_fd_raddr", NET_FD_RADDR},
	{"go_tcp_addr_ip", TCP_ADDR_IP},
	{"go_tcp_addr_port", TCP_ADDR_PORT},
	{"attr_tracestate", TRACESTATE},
	{"attr_request_header", REQUEST_HEADERS},
	{"attr_response_header", RESPONSE_HEADERS},
	{"attr_link", LINK},
	{"attr_method", METHOD},
	{"attr_uri", URI},
	{"attr_host", HOST},
	{"attr_pattern", PATTERN},
	{"attr_status", STATUS},
	{"attr_major", MAJOR},
	{"attr_minor", MINOR},
	{"attr_tls", TLS},
	{"attr_client_is_peer", CLIENT_IS_PEER},
	{"attr_panic", PANIC},
	{"attr_scheme", SCHEME},
	{"attr_opaque", OPAQUE},
	{"attr_user", USER},
	{"attr_path", PATH},
	{"attr_raw_path", RAW_PATH},
	{"attr_query", QUERY},
	{"attr_error", ERROR_TYPE},
	{"driver_conn_ci", DRIVER_CONN_CI},
	{"db_connector", DB_CONNECTOR},
	{"dsn_connector", TYPE_DSN_CONNECTOR},
	{"dsn_driver", DSN_DRIVER},
	{"stmt_db", STMT_DB},
	{"stmt_query", STMT_QUERY},
	{"tx_dc", TX_DC},
	{"tx_ctx", TX_CTX},
	{"tx_done", TX_DONE},
	{"pq_error", TYPE_PQ_ERROR},
	{"pq_error_code", PQ_ERROR_CODE},
	{"pgx_error", 0},
	{"sqlite_error", TYPE_SQLITE_ERROR},
	{"sqlite_error_code", SQLITE_ERROR_CODE},
	{"mysql_error", TYPE_MYSQL_ERROR},
	{"mysql_error_number", MYSQL_ERROR_NUMBER},
	{"attr_cut", CUT},
	{"attr_operation", OPERATION},
	{"attr_driver", DRIVER},
	{"attr_bad_connection", BAD_CONNECTION},
	{"attr_code", CODE},
	{"attr_number", NUMBER},
	{"attr_route", ROUTE},
	{"attr_resends", RESENDS},
	{"nothing_written", TYPE_NOTHING_WRITTEN},
	{"nothing_read", TYPE_NOTHING_READ},
	{"req_response", REQUEST_RESPONSE},
	{"resp_request", REPLY_REQUEST},
	{"attr_goexit", GOEXIT},
	{"panic_goexit", PANIC_GOEXIT},
	{"attr_route_2", ROUTE_2},
	{"attr_route_3", ROUTE_3},
	{"attr_route_4", ROUTE_4},
	{"gin_request", GIN_REQUEST},
	{"gin_full_path", GIN_FULL_PATH},
	{"echo_request", ECHO_REQUEST},
	{"echo_path", ECHO_PATH},
	{"chi_parent", CHI_PARENT},
	{"chi_patterns", CHI_PATTERNS},
	{"mux_path", MUX_PATH},
	{"mux_template", MUX_TEMPLATE},
	{"fmt_error", TYPE_WRAPPED_ERROR},
	{"fmt_error_err", WRAPPED_ERROR_ERR},
	{"pgx_wrapped", 0},
	{"pgx_prepare_error", 0},
	{"pgx_timeout", 0},
	{"pgx_context_done", 0},
	{"attr_host", SERVER_HOST},
	{"attr_port", SERVER_PORT},
	{"attr_namespace", NAMESPACE},
	{"pq_conn", TYPE_PQ_CONN},
	{"pq_conn_c", PQ_CONN_C},
	{"pq_host", PQ_HOST},
	{"pq_port", PQ_PORT},
	{"pq_database", PQ_DATABASE},
	{"pgx_conn", TYPE_PGX_CONN},
	{"pgx_conn_conn", PGX_CONN_CONN},
	{"pgx_host", PGX_HOST},
	{"pgx_port", PGX_PORT},
	{"pgx_database", PGX_DATABASE},
	{"pgx_fallbacks", PGX_FALLBACKS},
	{"pgx_fallback_host", PGX_FALLBACK_HOST},
	{"pgx_pg_conn", PGX_PG_CONN},
	{"pgx_pg_conn_conn", PGX_PG_CONN_CONN},
	{"mysql_conn", TYPE_MYSQL_CONN},
	{"mysql_conn_net", MYSQL_CONN_NET},
	{"mysql_conn_cfg", MYSQL_CONN_CFG},
	{"mysql_addr", MYSQL_ADDR},
	{"mysql_database", MYSQL_DATABASE},
	{"tcp_conn", TYPE_TCP_CONN},
	{"tls_conn", TYPE_TLS_CONN},
	{"tls_conn_conn", TLS_CONN_CONN},
	{"tcp_conn_fd", TCP_CONN_FD},
	{"net_fd_raddr", NET_FD_RADDR},
	{"tcp_addr_ip", TCP_ADDR_IP},
	{"tcp_addr_port", TCP_ADDR_PORT},
};

void probes_load(const char *folder)
{
	char path[4096];

	for (int i = 0; i < PROBES; i++) {
		snprintf(path, sizeof(path), "%s/%s.so", folder, names[i]);
		objects[i] = dlopen(path, RTLD_NOW | RTLD_LOCAL);
		if (!objects[i]) {
			fprintf(stderr, "load %s: %s\n", path, dlerror());
			exit(1);
		}
	}
}

/* Sets a constant of one object, at its own width; does nothing where the object has none of that name. */
static int set(enum probe probe, const char *constant, __u64 value)
{
	void *at = dlsym(objects[probe], constant);
	const ElfW(Sym) * symbol;
	Dl_info info;

	if (!at)
		return 0;
	dladdr1(at, &info, (void **)&symbol, RTLD_DL_SYMENT);
	memcpy(at, &value, symbol->st_size < sizeof(value) ? symbol->st_size : sizeof(value));
	return 1;
}

void probes_set(const char *constant, __u64 value)
{
	int found = 0;

	for (int i = 0; i < PROBES; i++)
		found |= set(i, constant, value);
	if (!found) {
		fprintf(stderr, "no probe has a constant %s\n", constant);
		exit(1);
	}
}

__u32 probes_get(enum probe probe, const char *constant)
{
	return *(__u32 *)dlsym(objects[probe], constant);
}

void probes_fill(enum probe probe, const char *constant, const void *bytes, __u32 size)
{
	memcpy(dlsym(objects[probe], constant), bytes, size);
}

static const struct zs_context_type known_contexts[] = {
	{TYPE_VALUE_CONTEXT, VALUE_CONTEXT},
	{TYPE_CANCEL_CONTEXT, CANCEL_CONTEXT},
	{TYPE_TIMER_CONTEXT, TIMER_CONTEXT},
};

#define KNOWN_CONTEXTS (sizeof(known_contexts) / sizeof(known_contexts[0]))

/* The first factor with which no two types fall on the same place. */
static __u64 fill_context_types(struct zs_context_type table[ZS_CONTEXT_TYPES])
{
	for (__u64 factor = 0x9e3779b97f4a7c15ull;; factor += 2) {
		__u32 i = 0;

		memset(table, 0, ZS_CONTEXT_TYPES * sizeof(*table));
		for (; i < KNOWN_CONTEXTS; i++) {
			__u32 at = known_contexts[i].type * factor >> 58;

			if (table[at].type)
				break;
			table[at] = known_contexts[i];
		}
		if (i == KNOWN_CONTEXTS)
			return factor;
	}
}

void probes_reset(void)
{
	hit_grows = 0;
	for (unsigned int i = 0; i < sizeof(constants) / sizeof(constants[0]); i++)
		probes_set(constants[i].name, constants[i].value);
	set(SERVER, "zs_event_type", SERVER_TYPE);
	set(CLIENT, "zs_event_type", CLIENT_TYPE);
	set(SQL, "zs_event_type", SQL_TYPE);
	set(SERVER, "resp_status", RESPONSE_STATUS);
	set(CLIENT, "resp_status", REPLY_STATUS);
	set(SERVER, "resp_header", RESPONSE_HEADER);
	set(CLIENT, "resp_header", REPLY_HEADER);
	for (int i = SERVER; i <= CLIENT; i++)
		memset(dlsym(objects[i], "zs_capture_lengths"), 0, ZS_SIDES * sizeof(__u64));
	for (int i = SERVER; i <= CLIENT; i++)
		memset(dlsym(objects[i], "zs_strangers"), 0, ZS_STRANGERS * sizeof(__u64));
	memset(dlsym(objects[SERVER], "zs_fixed_texts"), 0, ZS_FIXED_TEXTS * sizeof(struct zs_fixed_text));
	set(SERVER, "attr_client", PEER);
	set(SERVER, "attr_peer", 0); /* its own tests ask for it: probes_server_peer */
	set(CLIENT, "attr_peer", PEER_ADDRESS);
	set(SQL, "attr_peer", PEER_ADDRESS);
	for (int i = SERVER; i <= CLIENT; i++)
		set(i, "zs_context_types_factor", fill_context_types(dlsym(objects[i], "zs_context_types")));
	set(SQL, "zs_context_types_factor", fill_context_types(dlsym(objects[SQL], "zs_context_types")));
	set(FUNCTION, "zs_context_types_factor", fill_context_types(dlsym(objects[FUNCTION], "zs_context_types")));
	probes_ip(0);
	probes_depth(0);
	deepest = 0;
}

void probes_server_peer(void)
{
	set(SERVER, "attr_peer", PEER_ADDRESS);
}

void probes_client_type(__u16 type)
{
	set(CLIENT, "zs_event_type", type);
}

void probes_plan(__u64 site, const struct function_plan *plan)
{
	bpf_map_update_elem(&zs_plans, &site, plan, BPF_ANY);
}

void probes_ip(__u64 ip)
{
	hit_address = ip;
}

void probes_stack_grows(int grows)
{
	hit_grows = grows;
}

void probes_depth(__u64 bytes)
{
	hit_depth = bytes;
}

static void *program_of(enum probe probe, const char *program)
{
	void *run = dlsym(objects[probe], program);

	if (!run) {
		fprintf(stderr, "%s has no program %s\n", names[probe], program);
		exit(1);
	}
	return run;
}

int probes_run_on(enum probe probe, const char *program, void *context)
{
	int (*run)(void *ctx) = (int (*)(void *))program_of(probe, program);

	return run(context);
}

void probes_run(enum probe probe, const char *program, go_ptr g, const go_ptr arguments[9])
{
	int (*run)(void *ctx) = (int (*)(void *))program_of(probe, program);
	struct zs_regs regs = {};

	zs_ip(&regs) = hit_address;
#if defined(__TARGET_ARCH_x86)
	regs.flags = hit_grows ? 1 : 0x80; /* carry; sign */
#else
	regs.pstate = hit_grows ? 1ull << 30 | 1ull << 29 : 1ull << 29; /* zero and carry; carry */
#endif
	zs_g(&regs) = g;
	deepest += 64;
	zs_sp(&regs) = GO_STACK_TOP - (hit_depth ? hit_depth : deepest);
	go_arg(&regs, 1) = arguments[0];
	go_arg(&regs, 2) = arguments[1];
	go_arg(&regs, 3) = arguments[2];
	go_arg(&regs, 4) = arguments[3];
	go_arg(&regs, 5) = arguments[4];
	go_arg(&regs, 6) = arguments[5];
	go_arg(&regs, 7) = arguments[6];
	go_arg(&regs, 8) = arguments[7];
	go_arg(&regs, 9) = arguments[8];
	run(&regs);
}

static struct zs_slot *slot(__u32 index)
{
	return bpf_map_lookup_elem(&zs_slots, &index);
}

int probes_slots_busy(void)
{
	int busy = 0;

	for (__u32 i = 0; i < ZS_SLOTS * ZS_CPUS_MAX; i++)
		busy += slot(i)->busy;
	return busy;
}

static void slots_mark(__u32 cpu, __u32 busy)
{
	for (__u32 i = 0; i < ZS_SLOTS; i++)
		slot(cpu % ZS_CPUS_MAX * ZS_SLOTS + i)->busy = busy;
}

void probes_slots_claim(__u32 cpu)
{
	slots_mark(cpu, 1);
}

void probes_slots_release(__u32 cpu)
{
	slots_mark(cpu, 0);
}
