bookgate_add_test_program(unit intake bookgate_intake)
find_package(OpenSSL REQUIRED)
target_sources(test_unit_intake PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/support/signer.cpp)
target_link_libraries(test_unit_intake PRIVATE OpenSSL::Crypto)
