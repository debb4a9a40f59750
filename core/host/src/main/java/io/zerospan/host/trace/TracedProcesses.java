package io.zerospan.host.trace;

/** Is told which processes are traced; the same one may begin several times. */
interface TracedProcesses {
    TracedProcesses NOBODY = new TracedProcesses() {
        @Override
        public void began(int pid) {}

        @Override
        public void ended(int pid) {}
    };

    void began(int pid);

    void ended(int pid);
}
