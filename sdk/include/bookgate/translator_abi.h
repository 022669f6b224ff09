/* bookgate/translator_abi.h - the binary contract between the gateway and a translator.
 *
 * A translator turns one authenticated webhook into normalized booking events. It is a pure
 * function over bytes: it opens no file or socket, reads no clock, environment or global state that
 * can change, and keeps nothing between calls. What it needs from the network it asks for; the
 * gateway fetches it and calls again. The same input therefore always gives the same result, in the
 * gateway's own process or in a sandboxed one.
 *
 * This file is plain C99 and includes only <stddef.h> and <stdint.h>. C++ authors will want
 * <bookgate/translator.hpp>, which wraps it. The JSON documents named here are defined in schemas/.
 *
 * Compatibility. Once released, nothing declared here is renamed, reordered, resized or given a new
 * meaning within major version 1. A struct that starts with struct_size may gain fields at its end,
 * each marked with the minor version that added it; bkg_span and bkg_field never change. A new
 * major version is a new entry symbol, and a gateway may look for several.
 *
 * Ownership. Whoever allocates, frees; no memory changes hands. Everything reachable from a
 * bkg_step_input belongs to the gateway and may be read until step() returns. What is given to the
 * sink is copied before put() returns.
 *
 * Text. UTF-8 throughout, but for the body and lookup replies, which may be any bytes.
 *
 * Threads. step() may be called from any thread, and from several at once.
 *
 * Errors. No exception, longjmp or signal may leave a function of the translator.
 */
#ifndef BKG_TRANSLATOR_ABI_H
#define BKG_TRANSLATOR_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The newest minor version this header describes. A translator that needs nothing newer may define
 * BKG_TARGET_MINOR before including this file, to be loadable by older gateways too. */
#define BKG_ABI_MINOR 0u
#ifndef BKG_TARGET_MINOR
#define BKG_TARGET_MINOR BKG_ABI_MINOR
#endif

/* True if the struct that `pointer` refers to was built with `field` in it. Ask before reading any
 * field that is marked as added after minor 0. */
#define BKG_HAS_FIELD(pointer, field) \
  ((pointer)->struct_size >=          \
   (size_t)((const char*)&(pointer)->field - (const char*)(pointer)) + sizeof((pointer)->field))

#if defined(_WIN32)
#define BKG_EXPORT __declspec(dllexport)
#else
#define BKG_EXPORT __attribute__((visibility("default")))
#endif

/* A run of bytes. Not NUL-terminated. `data` may be NULL only where `size` is 0. */
typedef struct bkg_span {
  const char* data;
  size_t size;
} bkg_span;

/* One HTTP header or query parameter. A name that came more than once is there more than once. */
typedef struct bkg_field {
  bkg_span name; /* Headers: lower-case ASCII. Query: percent-decoded. */
  bkg_span value;
} bkg_field;

/* What became of a lookup. A translator treats a value it does not know as BKG_LOOKUP_FAILED. */
enum {
  BKG_LOOKUP_ANSWERED = 0, /* An HTTP response arrived, whatever its status. */
  BKG_LOOKUP_FAILED = 1,   /* None did, even after retries: refused, too late or too large. */
  BKG_LOOKUP_DENIED = 2    /* Never sent: the operator does not allow it, or set no credential. */
};

/* The reply to one lookup that an earlier call of step() asked for. */
typedef struct bkg_lookup_reply {
  uint32_t struct_size;
  uint32_t outcome;      /* BKG_LOOKUP_... */
  bkg_span id;           /* The id that the translator gave the lookup. */
  bkg_span content_type; /* Empty unless outcome is BKG_LOOKUP_ANSWERED; likewise the next two. */
  bkg_span body;
  uint32_t http_status;
  uint32_t reserved; /* 0 */
} bkg_lookup_reply;

/* Everything a translator may base its result on. The gateway has verified the signature. */
typedef struct bkg_step_input {
  uint32_t struct_size;
  uint32_t host_minor;      /* The newest minor version the gateway implements. */
  int64_t received_at_ms;   /* When the first byte arrived: Unix time in milliseconds, UTC. */
  bkg_span body;            /* Exactly as received: not decoded, possibly empty or not UTF-8. */
  bkg_span content_type;    /* Of the body, as sent; empty if the request had none. */
  const bkg_field* headers; /* Those that the manifest asks for, without any credential. */
  size_t header_count;
  const bkg_field* query; /* Likewise. */
  size_t query_count;
  bkg_span config; /* A JSON object, valid against the manifest's config schema. */
  /* What to do: "translate", or another operation that the manifest lists. A translator rejects one
   * that it does not know. */
  bkg_span operation;
  /* A JSON object, by operation (section 7a); {} for "translate". */
  bkg_span parameters;
  /* Every reply so far, over all rounds, in the order asked. Empty on the first call. An array of
   * pointers, so that bkg_lookup_reply can grow. */
  const bkg_lookup_reply* const* replies;
  size_t reply_count;
} bkg_step_input;

/* Where step() leaves its result. */
typedef struct bkg_result_sink {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  void* context;     /* The gateway's; pass it back untouched. */
  /* Takes the whole result, copying it. Call it at most once in a step, on the thread that step()
   * was called on, and not after step() has returned. */
  void (*put)(void* context, bkg_span result);
} bkg_result_sink;

/* What step() returns. Any other value counts as BKG_STEP_FAILED. */
enum {
  /* The translator reached a decision and put it, as a document of schemas/step-result.json:
   * bookings, ignore, reject, need_lookups or done. A bad payload is a `reject`, not a failure. */
  BKG_STEP_DECIDED = 0,
  /* The translator itself is at fault: out of memory, an exception, a broken invariant. It may put
   * one line of text for the operator's log. The sender is told to try again later. */
  BKG_STEP_FAILED = 1
};

/* A translator: what the shared library exports. */
typedef struct bkg_translator_v1 {
  uint32_t struct_size;
  uint32_t target_minor; /* BKG_TARGET_MINOR. An older gateway refuses the library and says why. */
  /* A document of schemas/translator-manifest.json: provider id and version, how to recognise a
   * body, how requests are signed, the config schema, the headers wanted, and the hosts that
   * lookups may go to. Static: the same bytes for as long as the library is loaded. */
  bkg_span manifest;
  /* Makes one step: decides, or says what must be looked up first. Both arguments are non-NULL. */
  uint32_t (*step)(const bkg_step_input* input, const bkg_result_sink* sink);
} bkg_translator_v1;

/* The one symbol that a translator exports. Returns a pointer to a static, constant struct, always
 * the same one; does nothing else, so that a library can be inspected safely. A function, because
 * loaders find functions more dependably than data. Never returns NULL. */
BKG_EXPORT const bkg_translator_v1* bkg_translator_entry_v1(void);

#ifdef __cplusplus
}
#endif
#endif /* BKG_TRANSLATOR_ABI_H */
