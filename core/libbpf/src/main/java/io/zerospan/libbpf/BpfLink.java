package io.zerospan.libbpf;

/** A program attached somewhere; closing it detaches, and a second time does nothing. */
public interface BpfLink extends AutoCloseable {
    @Override
    void close();
}
