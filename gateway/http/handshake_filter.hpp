/// \file handshake_filter.hpp
/// Makes a listening socket deaf to clients that have not begun to connect.
#pragma once

namespace bookgate::http {

/// From now on the kernel drops what would begin a connection to that socket, while handshakes that
/// were begun are completed. Clients ask again after a second, of whoever listens then. False where
/// the kernel has no socket filters; nothing has changed then.
bool IgnoreNewHandshakes(int listening);

}  // namespace bookgate::http
