bookgate_add_test_program(unit auth bookgate_auth bookgate_translate)
# A second opinion on signatures.
find_package(OpenSSL REQUIRED)
target_sources(test_unit_auth PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/support/signer.cpp)
target_link_libraries(test_unit_auth PRIVATE OpenSSL::Crypto)
