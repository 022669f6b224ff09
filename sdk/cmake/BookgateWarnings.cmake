# The warnings that every target of ours is built with, as errors. Other projects' headers are
# SYSTEM headers and stay out of it.
add_library(bookgate_warnings INTERFACE)
target_compile_options(
  bookgate_warnings
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wconversion
            -Wsign-conversion
            -Wshadow
            -Wundef
            -Wformat=2
            -Wcast-align
            # GCC 12 sees overlapping copies in std::string's operator+ that are none (GCC bug 105651).
            $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-restrict>
            $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
            $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual>
            -Werror)
if(BOOKGATE_SANITIZE)
  # What sanitizers add makes GCC 12 see uninitialised values in other projects' headers.
  target_compile_options(bookgate_warnings INTERFACE -fsanitize=${BOOKGATE_SANITIZE}
                                                     -fno-omit-frame-pointer -Wno-maybe-uninitialized)
  target_link_options(bookgate_warnings INTERFACE -fsanitize=${BOOKGATE_SANITIZE})
endif()
