using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>
/// Parses regular expressions in the syntax of tokenizer files (Oniguruma's). What it does not know it refuses by name, with a
/// <see cref="FormatException"/>.
/// </summary>
internal sealed class PatternParser
{
    private const int DeepestNesting = 50;
    private const int LargestRepetition = 1000;

    private readonly PatternCursor _cursor;
    private int _depth;
    private bool _ignoreCase;

    private PatternParser(string expression) => _cursor = new PatternCursor(expression);

    public static PatternNode Parse(string expression)
    {
        PatternParser parser = new(expression);
        PatternNode node = parser.ParseAlternation();
        return parser._cursor.AtEnd ? node : throw parser._cursor.Error("a closing parenthesis has no opening one");
    }

    private PatternNode ParseAlternation()
    {
        if (++_depth > DeepestNesting)
        {
            throw _cursor.Error($"groups nest deeper than {DeepestNesting}");
        }

        List<PatternNode> branches = [ParseConcatenation()];
        while (_cursor.TryTake("|"))
        {
            branches.Add(ParseConcatenation());
        }

        _depth--;
        return branches.Count == 1 ? branches[0] : new AlternationNode(branches);
    }

    private PatternNode ParseConcatenation()
    {
        List<PatternNode> items = [];
        while (!_cursor.AtEnd && _cursor.Peek is not ('|' or ')'))
        {
            items.Add(ParseRepetitions(ParseAtom()));
        }

        return items.Count == 1 ? items[0] : new ConcatenationNode(items);
    }

    private PatternNode ParseAtom()
    {
        int codePoint = _cursor.Take();
        switch (codePoint)
        {
            case '(':
                return ParseGroup();
            case '[':
                return new SetNode(new CodePointSetParser(_cursor, _ignoreCase).Parse());
            case '.':
                return new SetNode(CodePointSet.Range('\n', '\n').Complement());
            case '^':
                return new AnchorNode(AnchorKind.LineStart);
            case '$':
                return new AnchorNode(AnchorKind.LineEnd);
            case '\\':
                return ParseEscape();
            case '*' or '+' or '?':
                throw _cursor.Error($"\"{(char)codePoint}\" has nothing to repeat");
            default:
                return new SetNode(CaseVariants.Of(codePoint, _ignoreCase, _cursor));
        }
    }

    private PatternNode ParseGroup()
    {
        bool outerCase = _ignoreCase;
        string opening = _cursor.TakeFirstOf("?:", "?=", "?!", "?<=", "?<!", "?>") ?? string.Empty;
        bool reachesOuterEnd = opening.Length == 0 && _cursor.TryTake("?") && ParseOptions();
        PatternNode body = ParseAlternation();
        if (!reachesOuterEnd && !_cursor.TryTake(")"))
        {
            throw _cursor.Error("an opening parenthesis has no closing one");
        }

        _ignoreCase = outerCase;
        return opening switch
        {
            "?=" => new LookaroundNode(body, Behind: false, Negative: false),
            "?!" => new LookaroundNode(body, Behind: false, Negative: true),
            "?<=" => new LookaroundNode(body, Behind: true, Negative: false),
            "?<!" => new LookaroundNode(body, Behind: true, Negative: true),
            "?>" => new AtomicNode(body),
            _ => body,
        };
    }

    /// <summary>Reads <c>i:</c>, <c>-i:</c> or <c>i)</c>; true for the last, which holds up to the end of the group around it.</summary>
    private bool ParseOptions()
    {
        bool on = true;
        while (!_cursor.AtEnd)
        {
            switch (_cursor.Take())
            {
                case '-':
                    on = false;
                    break;
                case 'i':
                    _ignoreCase = on;
                    break;
                case ':':
                    return false;
                case ')':
                    return true;
                default:
                    throw _cursor.Error(
                        "this kind of group is not supported; supported are (...), (?:...), (?i:...), (?>...) and lookarounds");
            }
        }

        throw _cursor.Error("an opening parenthesis has no closing one");
    }

    private PatternNode ParseEscape() => _cursor.AtEnd ? throw _cursor.Error("a backslash escapes nothing") : _cursor.Peek switch
    {
        'b' => Anchor(AnchorKind.WordBoundary),
        'B' => Anchor(AnchorKind.NoWordBoundary),
        'A' => Anchor(AnchorKind.TextStart),
        'z' => Anchor(AnchorKind.TextEnd),
        'Z' => Anchor(AnchorKind.TextEndBeforeNewline),
        'R' => ParseNewline(),
        _ => new SetNode(EscapeParser.Parse(_cursor, _ignoreCase)),
    };

    private AnchorNode Anchor(AnchorKind kind)
    {
        _cursor.Take();
        return new AnchorNode(kind);
    }

    /// <summary><c>\R</c>: a carriage return with its line feed, or any other line end.</summary>
    private AtomicNode ParseNewline()
    {
        _cursor.Take();
        ConcatenationNode pair = new([new SetNode(CodePointSet.Range('\r', '\r')), new SetNode(CodePointSet.Range('\n', '\n'))]);
        SetNode single = new(CodePointSet.FromBounds(['\n', '\r', 0x85, 0x85, 0x2028, 0x2029]));
        return new AtomicNode(new AlternationNode([pair, single]));
    }

    private PatternNode ParseRepetitions(PatternNode body)
    {
        for (int nesting = 0; !_cursor.AtEnd; nesting++)
        {
            (int minimum, int maximum, bool counted) = _cursor.Peek switch
            {
                '?' => (0, 1, false),
                '*' => (0, int.MaxValue, false),
                '+' => (1, int.MaxValue, false),
                '{' => ParseBounds(),
                _ => (-1, -1, false),
            };
            if (minimum < 0)
            {
                break;
            }

            if (nesting == DeepestNesting)
            {
                throw _cursor.Error($"repetitions of repetitions nest deeper than {DeepestNesting}");
            }

            if (!counted)
            {
                _cursor.Take();
            }

            // After {n,m} a plus sign repeats once more, in this syntax.
            RepetitionMode mode = _cursor.TryTake("?") ? RepetitionMode.Lazy
                : !counted && _cursor.TryTake("+") ? RepetitionMode.Possessive
                : RepetitionMode.Greedy;
            body = new RepetitionNode(body, minimum, maximum, mode);
        }

        return body;
    }

    /// <summary>Reads <c>{n}</c>, <c>{n,}</c>, <c>{,m}</c> or <c>{n,m}</c>.</summary>
    private (int Minimum, int Maximum, bool Counted) ParseBounds()
    {
        _cursor.Take();
        int? minimum = _cursor.TakeNumber();
        bool range = _cursor.TryTake(",");
        int? maximum = range ? _cursor.TakeNumber() : minimum;
        bool valid = _cursor.TryTake("}") && (minimum ?? maximum) is not null && !(minimum > maximum);
        if (!valid || Math.Max(minimum ?? 0, maximum ?? 0) > LargestRepetition)
        {
            throw _cursor.Error($"a repetition in braces must be {{n}}, {{n,}}, {{,m}} or {{n,m}} with n <= m <= {LargestRepetition}");
        }

        return (minimum ?? 0, maximum ?? int.MaxValue, true);
    }
}
