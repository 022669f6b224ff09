# bookgate_add_translator(NAME MANIFEST manifest.json SOURCES a.cpp [b.cpp...])
#
# Builds a translator: the shared library libNAME.so in ${PROJECT_BINARY_DIR}/plugins. The manifest
# is checked against schemas/translator-manifest.json while building, and what is wrong with it is a
# build error that names the place. Sources get it from the generated header:
#
#     #include <bookgate_manifest.hpp>   // bookgate_manifest::kText
#
# The library exports its entry point and nothing else, links the SDK statically, and has no symbol
# left for the program that loads it to resolve.
set(BOOKGATE_SDK_DIR ${CMAKE_CURRENT_LIST_DIR}/.. CACHE INTERNAL "The SDK's folder")
set(BOOKGATE_SCHEMA_DIR ${CMAKE_CURRENT_LIST_DIR}/../../schemas CACHE INTERNAL "The schemas' folder")

function(bookgate_add_translator name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "MANIFEST" "SOURCES")
  if(NOT arg_MANIFEST OR NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "usage: bookgate_add_translator(NAME MANIFEST manifest.json SOURCES a.cpp...)")
  endif()
  add_library(${name} MODULE ${arg_SOURCES})
  _bookgate_embed_manifest(${name} ${arg_MANIFEST})
  _bookgate_export_entry_only(${name})
  target_link_libraries(${name} PRIVATE bookgate_sdk bookgate_warnings)
  target_compile_features(${name} PRIVATE cxx_std_20)
  set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/plugins)
  # The gateway refuses a library that a group may write to, which some people's umask lets it.
  add_custom_command(TARGET ${name} POST_BUILD COMMAND chmod go-w $<TARGET_FILE:${name}> VERBATIM)
endfunction()

# Makes bookgate_manifest.hpp, in a folder of the target's own.
function(_bookgate_embed_manifest target manifest)
  get_filename_component(manifest ${manifest} ABSOLUTE)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target}-manifest)
  file(MAKE_DIRECTORY ${folder})
  set(schema ${BOOKGATE_SCHEMA_DIR}/translator-manifest.json)
  add_custom_command(
    OUTPUT ${folder}/bookgate_manifest.hpp
    COMMAND bookgate-embed-manifest ${schema} ${manifest} ${folder}/bookgate_manifest.hpp
    DEPENDS bookgate-embed-manifest ${schema} ${manifest}
    COMMENT "Checking the manifest of ${target}"
    VERBATIM)
  target_sources(${target} PRIVATE ${folder}/bookgate_manifest.hpp)
  target_include_directories(${target} PRIVATE ${folder})
endfunction()

# Hidden visibility alone still lets template code of the standard library out, some of it under
# symbols that the whole process shares. The version script does not.
function(_bookgate_export_entry_only target)
  set(script ${BOOKGATE_SDK_DIR}/cmake/translator.version)
  set_target_properties(${target} PROPERTIES C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden
                                             VISIBILITY_INLINES_HIDDEN ON LINK_DEPENDS ${script})
  target_link_options(${target} PRIVATE LINKER:--version-script=${script})
  # Clang's sanitizers expect to find their runtime in the program.
  if(NOT BOOKGATE_SANITIZE OR NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    target_link_options(${target} PRIVATE LINKER:-z,defs)
  endif()
endfunction()
