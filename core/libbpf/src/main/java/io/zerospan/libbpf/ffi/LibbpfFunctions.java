package io.zerospan.libbpf.ffi;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.Delegate;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libbpf.so.1 that are used, all of them present since libbpf 1.0. Integers come back as negative
 * errno, pointers as null with errno set. Not an API.
 */
public interface LibbpfFunctions {
    /** {@code libbpf_print_fn_t}; the last argument is a va_list, passed by address on amd64 and arm64 alike. */
    interface Print {
        @Delegate
        int print(int level, Pointer format, Pointer arguments);
    }

    String libbpf_version_string();

    int libbpf_major_version();

    int libbpf_minor_version();

    int libbpf_num_possible_cpus();

    @Nullable Pointer libbpf_set_print(Print print);

    @Nullable Pointer bpf_object__open_mem(Pointer elf, long size, Pointer options);

    int bpf_object__load(Pointer object);

    void bpf_object__close(Pointer object);

    @Nullable Pointer bpf_object__btf(Pointer object);

    @Nullable Pointer btf__raw_data(Pointer btf, Pointer size);

    @Nullable Pointer bpf_object__next_map(Pointer object, @Nullable Pointer map);

    @Nullable Pointer bpf_object__next_program(Pointer object, @Nullable Pointer program);

    @Nullable Pointer bpf_object__find_map_by_name(Pointer object, String name);

    String bpf_map__name(Pointer map);

    int bpf_map__fd(Pointer map);

    int bpf_map__type(Pointer map);

    int bpf_map__key_size(Pointer map);

    int bpf_map__value_size(Pointer map);

    int bpf_map__max_entries(Pointer map);

    int bpf_map__map_flags(Pointer map);

    int bpf_map__reuse_fd(Pointer map, int fd);

    @Nullable Pointer bpf_map__initial_value(Pointer map, Pointer size);

    int bpf_map_create(int type, String name, int keySize, int valueSize, int maxEntries, Pointer options);

    int bpf_map_update_elem(int fd, Pointer key, Pointer value, long flags);

    int bpf_map_lookup_elem(int fd, Pointer key, Pointer value);

    int bpf_map_lookup_and_delete_elem(int fd, Pointer key, Pointer value);

    int bpf_map_delete_elem(int fd, Pointer key);

    int bpf_map_get_next_key(int fd, @Nullable Pointer key, Pointer next);

    String bpf_program__name(Pointer program);

    int bpf_program__fd(Pointer program);

    Pointer bpf_program__insns(Pointer program);

    long bpf_program__insn_cnt(Pointer program);

    int bpf_program__set_autoload(Pointer program, boolean on);

    int bpf_program__set_expected_attach_type(Pointer program, int type);

    @Nullable Pointer bpf_program__attach_uprobe_opts(Pointer program, int pid, Pointer path, long offset, Pointer options);

    @Nullable Pointer bpf_program__attach_raw_tracepoint(Pointer program, String tracepoint);

    int bpf_link__destroy(Pointer link);
}
