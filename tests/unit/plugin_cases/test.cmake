bookgate_add_test_program(unit plugin_cases bookgate_booking bookgate_translate)

# The plugins are loaded while the program runs, so the linker does not know that it needs them.
foreach(provider acme generic calendly calcom square acuity)
  if(TARGET bookgate-${provider})
    add_dependencies(test_unit_plugin_cases bookgate-${provider})
  endif()
endforeach()
