package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"zerospan.example/shop/cart"
)

// Every item has the same price.
const cents = 250

// shop sells.
type shop struct {
	orders *sql.DB
	stock  string
	till   *Till
}

func newShop(ctx context.Context, orders *sql.DB, stockURL string) (http.Handler, error) {
	if err := cart.Prepare(ctx, orders); err != nil {
		return nil, fmt.Errorf("cannot prepare the orders: %w", err)
	}
	s := &shop{orders: orders, stock: stockURL, till: &Till{taken: map[string]int{}}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items/{item}", s.item)
	mux.HandleFunc("GET /orders/{buyer}", s.history)
	mux.HandleFunc("POST /checkout/{buyer}", s.checkout)
	return mux, nil
}

// item says how many there are.
func (s *shop) item(w http.ResponseWriter, r *http.Request) {
	count, err := s.ask(r.Context(), http.MethodGet, "/stock/"+url.PathEscape(r.PathValue("item")))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	fmt.Fprintf(w, "%s of %s\n", count, r.PathValue("item"))
}

// history lists what somebody has ordered, but no presents.
func (s *shop) history(w http.ResponseWriter, r *http.Request) {
	const query = "SELECT item FROM orders WHERE buyer = $1 AND item <> 'present' ORDER BY item"
	rows, err := s.orders.QueryContext(r.Context(), query, r.PathValue("buyer"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var item string
		if err := rows.Scan(&item); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, item)
	}
}

// checkout takes each ?item= from the stock, orders them all and takes the money.
func (s *shop) checkout(w http.ResponseWriter, r *http.Request) {
	basket := &cart.Cart{Buyer: r.PathValue("buyer"), Items: r.URL.Query()["item"]}
	for _, item := range basket.Items {
		if _, err := s.ask(r.Context(), http.MethodPost, "/stock/"+url.PathEscape(item)+"/take"); err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
			return
		}
	}
	if err := basket.Checkout(r.Context(), s.orders); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}
	for _, item := range basket.Items {
		if err := s.till.Charge(r.Context(), item, cents); err != nil {
			http.Error(w, err.Error(), http.StatusPaymentRequired)
			return
		}
	}
	w.WriteHeader(http.StatusCreated)
}

// ask gives what the stock says, or an error for all but 200.
func (s *shop) ask(ctx context.Context, method, path string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, method, s.stock+path, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	text := strings.TrimSpace(string(body))
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the stock said %s: %s", response.Status, text)
	}
	return text, nil
}
