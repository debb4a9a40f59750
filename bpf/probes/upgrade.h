/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Handlers that answer 101 themselves, on the connection that they have taken over: net/http knows nothing of it. So the
 * libraries that do it are watched. In those of websockets it is known when they return whether they have; the span goes
 * on until then.
 */
#pragma once

static __always_inline int mark_request(void *ctx, enum upgrade mark)
{
	struct zs_entry *entry;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	entry = call.entry;
	if (entry && entry->depth == 1 && entry->frames[0].hook == zs_event_type) {
		zs_write_begin(entry);
		entry->frames[0].object |= mark;
		zs_write_end(entry);
	}
	zs_leave(&call);
	return 0;
}

static __always_inline int upgrade_ends(void *ctx, __u64 connection)
{
	struct zs_entry *entry;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	entry = call.entry;
	if (entry && entry->depth == 1 && entry->frames[0].hook == zs_event_type &&
	    entry->frames[0].object & UPGRADING) {
		zs_write_begin(entry);
		entry->frames[0].object &= ~(__u64)UPGRADING;
		zs_write_end(entry);
		if (connection)
			end_request(&call, 0, 0, SWITCHING_PROTOCOLS);
	}
	zs_leave(&call);
	return 0;
}

/* (*Upgrader).Upgrade(w, r, header) (*Conn, error), which takes the connection over and then writes */
GO_START_OPTIONAL("github.com/gorilla/websocket.(*Upgrader).Upgrade")
int gorilla_upgrade(void *ctx)
{
	return mark_request(ctx, UPGRADING);
}

/* RAX = conn; null where a refusal was sent, or the client is gone */
GO_RETURN_OPTIONAL("github.com/gorilla/websocket.(*Upgrader).Upgrade")
int gorilla_upgraded(void *ctx)
{
	return upgrade_ends(ctx, go_arg(ctx, 1));
}

/* Server.serveWebSocket(w, req), which takes the connection over before it has looked at the request */
GO_START_OPTIONAL("golang.org/x/net/websocket.Server.serveWebSocket")
int x_websocket(void *ctx)
{
	return mark_request(ctx, UPGRADING);
}

/* newServerConn(rwc, buf, req, config, handshake) (*Conn, error): RAX = conn; null where it has written a refusal */
GO_RETURN_OPTIONAL("golang.org/x/net/websocket.newServerConn")
int x_websocket_accepted(void *ctx)
{
	return upgrade_ends(ctx, go_arg(ctx, 1));
}

/* (*ReverseProxy).handleUpgradeResponse(rw, req, res): passes on a 101, once it has the connection */
GO_START_OPTIONAL("net/http/httputil.(*ReverseProxy).handleUpgradeResponse")
int proxy_upgrade(void *ctx)
{
	return mark_request(ctx, SWITCHING);
}
