bookgate_add_test_program(unit booking bookgate_booking)
target_sources(test_unit_booking PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/support/booking_story.cpp)
