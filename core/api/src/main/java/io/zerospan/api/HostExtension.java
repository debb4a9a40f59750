package io.zerospan.api;

/**
 * A part of the host beside its pipelines, such as an endpoint that tells whether it works. Started before all pipelines,
 * closed after them; the name leaves {@code Extension} to pf4j's annotation.
 */
public interface HostExtension extends Component {

    /** All pipelines run, and the probes of all running targets are armed. Called once, after the start. */
    default void ready() {}

    /** The pipelines are about to stop. Called once, before the first of them does, if {@link #ready} was. */
    default void stopping() {}
}
