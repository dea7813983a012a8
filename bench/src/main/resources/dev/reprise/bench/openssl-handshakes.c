/* Reprise. Apache-2.0; see LICENSE.
 *
 * Handshakes of libssl with itself, in memory and on one thread, as the Java peers are measured.
 * usage: openssl-handshakes 12|13 full|id|ticket GROUPS CERTIFICATE.pem KEY.pem WARM_UP_MS COUNT
 * Prints the medians: server ns, client ns; bytes to the server and to the client; flights.
 * In TLS 1.3 "id" means a stateful ticket. */
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static SSL_SESSION *newest;
static X509 *pinned;

static void require(int fine, const char *what) {
  if (!fine) {
    fprintf(stderr, "openssl-handshakes: %s failed\n", what);
    ERR_print_errors_fp(stderr);
    exit(1);
  }
}

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int keep_session(SSL *ssl, SSL_SESSION *session) {
  (void)ssl;
  SSL_SESSION_free(newest);
  newest = session;
  return 1; /* the reference is ours */
}

static int compare_with_pinned(X509_STORE_CTX *store, void *unused) {
  (void)unused;
  return X509_cmp(X509_STORE_CTX_get0_cert(store), pinned) == 0;
}

static SSL_CTX *context(const SSL_METHOD *method, int version, int tickets, const char *groups) {
  SSL_CTX *ctx = SSL_CTX_new(method);
  require(ctx != NULL, "SSL_CTX_new");
  SSL_CTX_set_min_proto_version(ctx, version);
  SSL_CTX_set_max_proto_version(ctx, version);
  require(SSL_CTX_set_cipher_list(
              ctx, "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256"),
          "choosing a suite");
  require(SSL_CTX_set_ciphersuites(ctx, "TLS_AES_128_GCM_SHA256"), "choosing a suite");
  require(SSL_CTX_set1_groups_list(ctx, groups), "choosing groups");
  if (!tickets) {
    SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
  }
  return ctx;
}

/* One turn of a side: all that can be done without the other. */
static void turn(SSL *ssl, long long *cost) {
  long long began = now();
  int done = SSL_do_handshake(ssl);
  *cost += now() - began;
  int error = done == 1 ? SSL_ERROR_NONE : SSL_get_error(ssl, done);
  require(error == SSL_ERROR_NONE || error == SSL_ERROR_WANT_READ, "a handshake");
}

static SSL *side(SSL_CTX *ctx, BIO *in, BIO *out, int server, int resume, long long *cost) {
  long long began = now();
  SSL *ssl = SSL_new(ctx);
  BIO_up_ref(in);
  BIO_up_ref(out);
  SSL_set_bio(ssl, in, out);
  if (server) {
    SSL_set_accept_state(ssl);
  } else {
    SSL_set_connect_state(ssl);
    if (resume) {
      SSL_set_session(ssl, newest);
    }
  }
  *cost += now() - began;
  return ssl;
}

struct sample {
  long long server, client, to_server, to_client, flights;
};

static void count(BIO *wire, long long *bytes, long long *flights) {
  long long pending = (long long)BIO_pending(wire);
  *bytes += pending;
  *flights += pending > 0;
}

static struct sample connect_once(SSL_CTX *cc, SSL_CTX *sc, int resume, int says_one_byte) {
  struct sample s = {0};
  BIO *to_server = BIO_new(BIO_s_mem()), *to_client = BIO_new(BIO_s_mem());
  BIO_set_mem_eof_return(to_server, -1);
  BIO_set_mem_eof_return(to_client, -1);
  SSL *client = side(cc, to_client, to_server, 0, resume, &s.client);
  SSL *server = side(sc, to_server, to_client, 1, 0, &s.server);
  turn(client, &s.client);
  for (int turns = 0; turns < 4; turns++) {
    count(to_server, &s.to_server, &s.flights);
    turn(server, &s.server);
    count(to_client, &s.to_client, &s.flights);
    turn(client, &s.client);
    if (SSL_is_init_finished(client) && SSL_is_init_finished(server)) {
      break;
    }
  }
  require(SSL_is_init_finished(client) && SSL_is_init_finished(server), "a handshake");
  require(SSL_session_reused(client) == resume && SSL_session_reused(server) == resume,
          "resuming where it should, and only there,");
  char byte = 0;
  if (says_one_byte) {
    long long began = now();
    require(SSL_write(server, &byte, 1) == 1, "writing");
    s.server += now() - began;
    began = now();
    require(SSL_read(client, &byte, 1) == 1, "reading");
    s.client += now() - began;
  }
  SSL_shutdown(client);
  SSL_shutdown(server);
  SSL_shutdown(client);
  SSL_free(client);
  SSL_free(server);
  BIO_free(to_server);
  BIO_free(to_client);
  return s;
}

static int by_value(const void *a, const void *b) {
  long long x = *(const long long *)a, y = *(const long long *)b;
  return (x > y) - (x < y);
}

static long long median(long long *values, int n) {
  qsort(values, n, sizeof *values, by_value);
  return values[n / 2];
}

int main(int argc, char **argv) {
  require(argc == 8, "reading the arguments");
  int tls13 = strcmp(argv[1], "13") == 0;
  int resume = strcmp(argv[2], "full") != 0;
  int tickets = strcmp(argv[2], "id") != 0;
  int version = tls13 ? TLS1_3_VERSION : TLS1_2_VERSION;
  long long warm_up = atoll(argv[6]) * 1000000LL;
  int n = atoi(argv[7]);

  SSL_CTX *sc = context(TLS_server_method(), version, tickets, argv[3]);
  require(SSL_CTX_use_certificate_chain_file(sc, argv[4]), "reading the certificate");
  require(SSL_CTX_use_PrivateKey_file(sc, argv[5], SSL_FILETYPE_PEM), "reading the key");
  SSL_CTX_set_session_id_context(sc, (const unsigned char *)"bench", 5);
  pinned = SSL_CTX_get0_certificate(sc);

  SSL_CTX *cc = context(TLS_client_method(), version, tickets, argv[3]);
  SSL_CTX_set_verify(cc, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_cert_verify_callback(cc, compare_with_pinned, NULL);
  SSL_CTX_set_session_cache_mode(cc, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(cc, keep_session);

  connect_once(cc, sc, 0, tls13);
  for (long long end = now() + warm_up; now() < end;) {
    connect_once(cc, sc, resume, tls13);
  }
  long long *server = calloc(n, sizeof *server), *client = calloc(n, sizeof *client);
  struct sample last = {0};
  for (int i = 0; i < n; i++) {
    last = connect_once(cc, sc, resume, tls13);
    server[i] = last.server;
    client[i] = last.client;
  }
  printf("%lld %lld %lld %lld %lld\n", median(server, n), median(client, n), last.to_server,
         last.to_client, last.flights);
  return 0;
}
