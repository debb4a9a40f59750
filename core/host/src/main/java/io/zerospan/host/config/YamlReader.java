package io.zerospan.host.config;

import io.zerospan.host.config.Node.Entry;
import io.zerospan.host.config.Node.Kind;
import io.zerospan.host.config.Node.Mapping;
import io.zerospan.host.config.Node.Scalar;
import io.zerospan.host.config.Node.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** One YAML document as a tree of {@link Node}s, within limits that keep a hostile file from hurting. */
final class YamlReader {
    /** A configuration of a thousand components has some 100 KiB. */
    static final int MAX_CHARS = 1 << 20;
    /** The deepest sensible setting is at about 8; the parser recurses, so the stack sets the limit. */
    static final int MAX_DEPTH = 64;
    /** After expansion of aliases: "a billion laughs" stops here. */
    static final int MAX_NODES = 100_000;

    /** Keys and values of the file itself: the parser keeps each with its place, and the host's heap is small. */
    static final int MAX_WRITTEN = MAX_NODES / 2;

    private final String source;
    private int nodes;

    YamlReader(String source) {
        this.source = source;
    }

    /** The document's root, or nothing if it is empty. */
    Optional<Node> read(String text) throws UnreadableYamlException {
        if (text.length() > MAX_CHARS) {
            throw unreadable(Optional.empty(), "the file is longer than " + MAX_CHARS + " characters");
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .setCodePointLimit(MAX_CHARS)
                .setMaxAliasesForCollections(MAX_NODES) // ours counts what they expand to, and knows the place
                .build();
        try {
            checkEvents(new Parse(settings).parseString(text).iterator());
            Optional<org.snakeyaml.engine.v2.nodes.Node> root = new Compose(settings).composeString(text);
            return root.isEmpty() ? Optional.empty() : Optional.of(convert(root.get(), 0));
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null || e.getContext().isEmpty() ? "" : e.getContext() + ", ";
            throw unreadable(
                    e.getProblemMark().or(e::getContextMark), "not readable as YAML: " + context + e.getProblem());
        } catch (YamlEngineException e) {
            throw unreadable(Optional.empty(), "not readable as YAML: " + e.getMessage());
        }
    }

    /**
     * Before composing, because the composer recurses and would overflow the stack, keeps all in memory, and merges a
     * mapping into itself for ever.
     */
    private void checkEvents(Iterator<Event> events) throws UnreadableYamlException {
        Deque<Optional<Anchor>> open = new ArrayDeque<>();
        int written = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent && ++written > MAX_WRITTEN) {
                throw unreadable(event.getStartMark(), "has more than " + MAX_WRITTEN + " keys and values");
            }
            if (event instanceof CollectionStartEvent start) {
                open.push(start.getAnchor());
                if (open.size() > MAX_DEPTH) {
                    throw unreadable(event.getStartMark(), "nested deeper than " + MAX_DEPTH + " levels");
                }
            } else if (event instanceof CollectionEndEvent) {
                open.pop();
            } else if (event instanceof AliasEvent alias && open.contains(Optional.of(alias.getAlias()))) {
                throw unreadable(event.getStartMark(), "the alias *" + alias.getAlias() + " stands in what it names");
            }
        }
    }

    private Node convert(org.snakeyaml.engine.v2.nodes.Node node, int depth) throws UnreadableYamlException {
        if (depth > MAX_DEPTH) {
            throw unreadable(node.getStartMark(), "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (++nodes > MAX_NODES) {
            throw unreadable(node.getStartMark(), "has more than " + MAX_NODES + " values once aliases are expanded");
        }
        Place place = place(node.getStartMark());
        if (node instanceof ScalarNode scalar) {
            return new Scalar(place, scalar.getValue(), kind(scalar));
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = new ArrayList<>();
            for (org.snakeyaml.engine.v2.nodes.Node item : sequence.getValue()) {
                items.add(convert(item, depth + 1));
            }
            return new Sequence(place, items);
        }
        return mapping((MappingNode) node, place, depth);
    }

    private Mapping mapping(MappingNode node, Place place, int depth) throws UnreadableYamlException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place keyPlace = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new UnreadableYamlException(keyPlace, "a key must be text, not a list or a mapping");
            }
            Node value = convert(tuple.getValueNode(), depth + 1);
            Entry first = entries.putIfAbsent(key.getValue(), new Entry(keyPlace, value));
            if (first != null) {
                throw new UnreadableYamlException(
                        keyPlace,
                        "the key '" + key.getValue() + "' stands here twice; first at line "
                                + first.keyPlace().line() + ", column "
                                + first.keyPlace().column());
            }
        }
        return new Mapping(place, entries);
    }

    private static Kind kind(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return Kind.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Kind.BOOL;
        }
        if (tag.equals(Tag.INT)) {
            return Kind.INTEGER;
        }
        return tag.equals(Tag.FLOAT) ? Kind.DECIMAL : Kind.TEXT;
    }

    private Place place(Optional<Mark> mark) {
        return mark.map(at -> new Place(source, at.getLine() + 1, at.getColumn() + 1))
                .orElse(Place.startOf(source));
    }

    private UnreadableYamlException unreadable(Optional<Mark> mark, String text) {
        return new UnreadableYamlException(place(mark), text);
    }
}
