/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Where a statement goes to, by what each driver keeps of it. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

static void put(go_ptr at, struct interface value)
{
	go_put(at, value.itab);
	go_put(at + 8, value.data);
}

/* The attributes of a BEGIN on this driver.Conn. */
static const char *attributes_on(struct interface driver_conn)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct interface context = go_background();
	static struct span span;
	go_ptr conn = go_alloc(0x80);

	put(conn + DRIVER_CONN_CI, driver_conn);
	kernel_run_as(&SHOP);
	probes_run(SQL, "begin_start", goroutine.g, (const go_ptr[9]){0, context.itab, context.data, conn});
	go_lose(conn); /* closed, and its memory given away */
	probes_run(SQL, "begin_end", goroutine.g, (const go_ptr[9]){1});
	span = take_span();
	return attributes(&span);
}

#define PEER_TEXT "peer_address=00000000000000000000ffff0a000002:8080"

static struct interface a_tcp_conn(void)
{
	return go_tcp_conn_of(CLIENT_END, SERVER_END);
}

static struct interface a_pq_conn(void)
{
	go_ptr conn = go_alloc(0x80);

	put(conn + PQ_CONN_C, a_tcp_conn());
	go_put_string(conn + PQ_HOST, "db.example");
	go_put_bytes(conn + PQ_PORT, &(__u16){6432}, 2);
	go_put_string(conn + PQ_DATABASE, "shop");
	return go_interface_of(TYPE_PQ_CONN, conn);
}

static struct interface a_pgx_conn(void)
{
	go_ptr conn = go_alloc(0x80), inner = go_alloc(0x40), pg_conn = go_alloc(0x40);

	put(pg_conn + PGX_PG_CONN_CONN, a_tcp_conn());
	go_put(inner + PGX_PG_CONN, pg_conn);
	go_put(conn + PGX_CONN_CONN, inner);
	go_put_string(conn + PGX_HOST, "db.example");
	go_put_bytes(conn + PGX_PORT, &(__u16){6432}, 2);
	go_put_string(conn + PGX_DATABASE, "shop");
	return go_interface_of(TYPE_PGX_CONN, conn);
}

/* Gives a pgx connection one more host; its string is that of the first, or another one. */
static go_ptr fall_back(struct interface conn)
{
	go_ptr fallback = go_alloc(0x20), list = go_alloc(0x08);

	go_put(list, fallback);
	go_put(conn.data + PGX_FALLBACKS, list);
	go_put(conn.data + PGX_FALLBACKS + 8, 1);
	return fallback + PGX_FALLBACK_HOST;
}

TEST(sqlServer_ofLibPq_isInItsConfiguration)
{
	EXPECT_TEXT(attributes_on(a_pq_conn()),
		    "driver=path:551000 host=db.example port=6432 namespace=shop " PEER_TEXT " operation=1");
}

TEST(sqlServer_ofAnOlderLibPq_isTheOtherEnd)
{
	probes_set("pq_host", ZS_NO_FIELD);
	probes_set("pq_port", ZS_NO_FIELD);
	probes_set("pq_database", ZS_NO_FIELD);
	EXPECT_TEXT(attributes_on(a_pq_conn()), "driver=path:551000 " PEER_TEXT " operation=1");
}

TEST(sqlServer_onASocket_hasNoOtherEnd)
{
	struct interface conn = a_pq_conn();

	put(conn.data + PQ_CONN_C, go_interface_of(TYPE_UNIX_CONN, go_alloc(0x10)));
	EXPECT_TEXT(attributes_on(conn), "driver=path:551000 host=db.example port=6432 namespace=shop operation=1");
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(sqlServer_behindTls_isTheOtherEndOfWhatIsBelow)
{
	struct interface conn = a_pq_conn();
	go_ptr tls = go_alloc(0x40);

	put(tls + TLS_CONN_CONN, a_tcp_conn());
	put(conn.data + PQ_CONN_C, go_interface_of(TYPE_TLS_CONN, tls));
	EXPECT_TEXT(attributes_on(conn),
		    "driver=path:551000 host=db.example port=6432 namespace=shop " PEER_TEXT " operation=1");
}

TEST(sqlServer_ofPgx_isInItsConfiguration)
{
	EXPECT_TEXT(attributes_on(a_pgx_conn()),
		    "driver=path:551100 host=db.example port=6432 namespace=shop " PEER_TEXT " operation=1");
}

TEST(sqlServer_ofPgxWithTheSameHostAgain_isThatHost)
{
	struct interface conn = a_pgx_conn();
	go_ptr host = fall_back(conn);

	go_put(host, go_get(conn.data + PGX_HOST));
	go_put(host + 8, go_get(conn.data + PGX_HOST + 8));
	EXPECT_TEXT(attributes_on(conn),
		    "driver=path:551100 host=db.example port=6432 namespace=shop " PEER_TEXT " operation=1");
}

TEST(sqlServer_ofPgxWithSeveralHosts_isTheOtherEnd)
{
	struct interface conn = a_pgx_conn();

	go_put_string(fall_back(conn), "other.example");
	EXPECT_TEXT(attributes_on(conn), "driver=path:551100 namespace=shop " PEER_TEXT " operation=1");
}

TEST(sqlServer_ofMysql_isInItsConfiguration)
{
	go_ptr conn = go_alloc(0x80), config = go_alloc(0x80);

	put(conn + MYSQL_CONN_NET, a_tcp_conn());
	go_put(conn + MYSQL_CONN_CFG, config);
	go_put_string(config + MYSQL_ADDR, "db.example:3307");
	go_put_string(config + MYSQL_DATABASE, "shop");
	EXPECT_TEXT(attributes_on(go_interface_of(TYPE_MYSQL_CONN, conn)),
		    "driver=path:551200 host=db.example:3307 namespace=shop " PEER_TEXT " operation=1");
}

TEST(sqlServer_nameBeyondTheLimit_isLeftOutAndCounted)
{
	struct interface conn = a_pq_conn();
	char novel[300] = {};

	for (unsigned int i = 0; i < sizeof(novel) - 1; i++)
		novel[i] = 'n';
	go_put_string(conn.data + PQ_HOST, novel);
	EXPECT_TEXT(attributes_on(conn), "driver=path:551000 port=6432 namespace=shop " PEER_TEXT " operation=1");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_RECORD_FULL), 1);
}
