package io.zerospan.libbpf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jnr.ffi.Pointer;

/** The TCP connections that another process has open. Each is looked at through a copy of its file descriptor. */
public final class ForeignSockets {
    private static final long PIDFD_OPEN = 434;
    private static final long PIDFD_GETFD = 438;

    private static final int SOL_SOCKET = 1;
    private static final int SO_PROTOCOL = 38;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_COOKIE = 57;
    private static final int TCP = 6;
    /** {@code sizeof(struct sockaddr_storage)}. */
    private static final int ADDRESS_BYTES = 128;

    /** What is done with a connection; the descriptor is closed behind it. */
    public interface Visitor {
        void visit(long cookie, int fd);
    }

    private record Socket(int fd, int port, boolean listens, long cookie) {}

    private final LibBpf lib;

    public ForeignSockets(LibBpf lib) {
        this.lib = lib;
    }

    /**
     * Visits the connections that the process has opened itself; those that it accepted have a port on which it listens.
     * What is closed meanwhile is passed over.
     */
    public void forEachOpened(int pid, Visitor visitor) throws BpfException {
        List<Socket> sockets = open(pid);
        try {
            Set<Integer> listening = new HashSet<>();
            sockets.stream().filter(Socket::listens).forEach(socket -> listening.add(socket.port));
            for (Socket socket : sockets) {
                if (!listening.contains(socket.port)) {
                    visitor.visit(socket.cookie, socket.fd);
                }
            }
        } finally {
            sockets.forEach(socket -> lib.libc().close(socket.fd));
        }
    }

    private List<Socket> open(int pid) throws BpfException {
        int process = (int) lib.libc().syscall(PIDFD_OPEN, pid, null, 0);
        if (process < 0) {
            throw failed(pid);
        }
        List<Socket> sockets = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc", Integer.toString(pid), "fd"))) {
            for (Path entry : entries) {
                if (isSocket(entry)) {
                    add(sockets, process, Integer.parseInt(entry.getFileName().toString()));
                }
            }
            return sockets;
        } catch (IOException e) {
            sockets.forEach(socket -> lib.libc().close(socket.fd));
            throw new BpfException("look at the sockets of pid " + pid + ": " + e);
        } catch (BpfException e) {
            sockets.forEach(socket -> lib.libc().close(socket.fd));
            throw e;
        } finally {
            lib.libc().close(process);
        }
    }

    private static boolean isSocket(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }

    private void add(List<Socket> sockets, int process, int number) throws BpfException {
        // A number in place of a pointer: both are one register to the kernel.
        Pointer foreign = Pointer.wrap(lib.runtime(), number);
        int fd = (int) lib.libc().syscall(PIDFD_GETFD, process, foreign, 0);
        if (fd < 0) {
            int errno = lib.errno();
            if (Errno.isPermission(-errno)) {
                throw new BpfException("look at the sockets of a traced process: " + Errno.text(errno)
                        + "; run as root or with CAP_SYS_PTRACE");
            }
            return; // closed meanwhile
        }
        if (option(fd, SO_PROTOCOL) == TCP) {
            sockets.add(new Socket(fd, port(fd), option(fd, SO_ACCEPTCONN) != 0, option(fd, SO_COOKIE)));
        } else {
            lib.libc().close(fd);
        }
    }

    private long option(int fd, int option) {
        Pointer value = lib.allocate(Long.BYTES);
        Pointer length = lib.allocate(Integer.BYTES);
        length.putInt(0, Long.BYTES);
        return lib.libc().getsockopt(fd, SOL_SOCKET, option, value, length) < 0 ? 0 : value.getLong(0);
    }

    /** IPv4's and IPv6's addresses both have it behind the family, in network order. */
    private int port(int fd) {
        Pointer address = lib.allocate(ADDRESS_BYTES);
        Pointer length = lib.allocate(Integer.BYTES);
        length.putInt(0, ADDRESS_BYTES);
        return lib.libc().getsockname(fd, address, length) < 0 ? 0 : Short.toUnsignedInt(address.getShort(2));
    }

    private BpfException failed(int pid) {
        return new BpfException("look at the sockets of pid " + pid + ": " + Errno.text(lib.errno())
                + "; sockets that are open already can't be reached without pidfd_getfd (Linux 5.6)");
    }
}
