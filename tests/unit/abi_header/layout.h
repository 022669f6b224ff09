/* Asserts the layout of every struct of the translator ABI at compile time. Included after the
 * header itself, in each language that is promised. A failure here means that libraries which were
 * built with an earlier release would be misread: change the header back, not the numbers. New
 * fields go to the end of a struct, and get lines of their own here. */
#ifdef __cplusplus
#define BKG_ASSERT(name, condition) static_assert(condition, #name)
#else
/* C99 has no _Static_assert. */
#define BKG_ASSERT(name, condition) typedef char bkg_assert_##name[(condition) ? 1 : -1]
#endif
#define BKG_SIZE(type, size) BKG_ASSERT(size_of_##type, sizeof(struct type) == (size))
#define BKG_OFFSET(type, field, offset) \
  BKG_ASSERT(offset_of_##type##_##field, offsetof(struct type, field) == (offset))

BKG_ASSERT(pointers_of_64_bits, sizeof(void*) == 8);

BKG_SIZE(bkg_span, 16);
BKG_OFFSET(bkg_span, data, 0);
BKG_OFFSET(bkg_span, size, 8);

BKG_SIZE(bkg_field, 32);
BKG_OFFSET(bkg_field, name, 0);
BKG_OFFSET(bkg_field, value, 16);

BKG_SIZE(bkg_lookup_reply, 64);
BKG_OFFSET(bkg_lookup_reply, struct_size, 0);
BKG_OFFSET(bkg_lookup_reply, outcome, 4);
BKG_OFFSET(bkg_lookup_reply, id, 8);
BKG_OFFSET(bkg_lookup_reply, content_type, 24);
BKG_OFFSET(bkg_lookup_reply, body, 40);
BKG_OFFSET(bkg_lookup_reply, http_status, 56);
BKG_OFFSET(bkg_lookup_reply, reserved, 60);

BKG_SIZE(bkg_step_input, 144);
BKG_OFFSET(bkg_step_input, struct_size, 0);
BKG_OFFSET(bkg_step_input, host_minor, 4);
BKG_OFFSET(bkg_step_input, received_at_ms, 8);
BKG_OFFSET(bkg_step_input, body, 16);
BKG_OFFSET(bkg_step_input, content_type, 32);
BKG_OFFSET(bkg_step_input, headers, 48);
BKG_OFFSET(bkg_step_input, header_count, 56);
BKG_OFFSET(bkg_step_input, query, 64);
BKG_OFFSET(bkg_step_input, query_count, 72);
BKG_OFFSET(bkg_step_input, config, 80);
BKG_OFFSET(bkg_step_input, operation, 96);
BKG_OFFSET(bkg_step_input, parameters, 112);
BKG_OFFSET(bkg_step_input, replies, 128);
BKG_OFFSET(bkg_step_input, reply_count, 136);

BKG_SIZE(bkg_result_sink, 24);
BKG_OFFSET(bkg_result_sink, struct_size, 0);
BKG_OFFSET(bkg_result_sink, reserved, 4);
BKG_OFFSET(bkg_result_sink, context, 8);
BKG_OFFSET(bkg_result_sink, put, 16);

BKG_SIZE(bkg_translator_v1, 32);
BKG_OFFSET(bkg_translator_v1, struct_size, 0);
BKG_OFFSET(bkg_translator_v1, target_minor, 4);
BKG_OFFSET(bkg_translator_v1, manifest, 8);
BKG_OFFSET(bkg_translator_v1, step, 24);

BKG_ASSERT(lookup_answered, BKG_LOOKUP_ANSWERED == 0);
BKG_ASSERT(lookup_failed, BKG_LOOKUP_FAILED == 1);
BKG_ASSERT(lookup_denied, BKG_LOOKUP_DENIED == 2);
BKG_ASSERT(step_decided, BKG_STEP_DECIDED == 0);
BKG_ASSERT(step_failed, BKG_STEP_FAILED == 1);
