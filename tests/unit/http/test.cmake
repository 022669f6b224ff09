# For the client's side of TLS.
find_package(OpenSSL REQUIRED)
bookgate_add_test_program(unit http bookgate_test_support bookgate_http)
target_link_libraries(test_unit_http PRIVATE OpenSSL::SSL)
