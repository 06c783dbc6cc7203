using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>Turns a parsed expression into instructions for the <see cref="PatternMatcher"/>.</summary>
internal sealed class PatternCompiler
{
    private const int MostInstructions = 20_000;

    private readonly List<Instruction> _code = [];

    public static Instruction[] Compile(PatternNode node)
    {
        PatternCompiler compiler = new();
        compiler.Emit(node);
        compiler.Emit(new Instruction(Operation.Accept));
        return [.. compiler._code];
    }

    private void Emit(PatternNode node)
    {
        switch (node)
        {
            case SetNode set:
                Emit(new Instruction(Operation.Set, Set: set.Set));
                break;
            case ConcatenationNode concatenation:
                foreach (PatternNode item in concatenation.Items)
                {
                    Emit(item);
                }

                break;
            case AlternationNode alternation:
                EmitAlternation(alternation);
                break;
            case RepetitionNode repetition:
                EmitRepetition(repetition);
                break;
            case AtomicNode atomic:
                EmitNested(new Instruction(Operation.Atomic), atomic.Body);
                break;
            case LookaroundNode look:
                EmitLookaround(look);
                break;
            case AnchorNode anchor:
                Emit(new Instruction(Operation.Anchor, Anchor: anchor.Kind));
                break;
        }
    }

    private int Emit(Instruction instruction)
    {
        if (_code.Count >= MostInstructions)
        {
            throw new FormatException($"it is too large: more than {MostInstructions} steps");
        }

        _code.Add(instruction);
        return _code.Count - 1;
    }

    private void EmitAlternation(AlternationNode alternation)
    {
        List<int> jumps = [];
        for (int i = 0; i < alternation.Branches.Count - 1; i++)
        {
            int split = Emit(new Instruction(Operation.Split));
            Emit(alternation.Branches[i]);
            jumps.Add(Emit(new Instruction(Operation.Jump)));
            _code[split] = new Instruction(Operation.Split, split + 1, _code.Count, PatternStart.Of(alternation.Branches[i]));
        }

        Emit(alternation.Branches[^1]);
        foreach (int jump in jumps)
        {
            _code[jump] = new Instruction(Operation.Jump, _code.Count);
        }
    }

    private void EmitRepetition(RepetitionNode repetition)
    {
        if (repetition.Body is SetNode set && repetition.Mode != RepetitionMode.Lazy)
        {
            Emit(new Instruction(Operation.Run, repetition.Minimum, repetition.Maximum, set.Set, repetition.Mode));
        }
        else if (repetition.Mode == RepetitionMode.Possessive)
        {
            EmitNested(new Instruction(Operation.Atomic), repetition with { Mode = RepetitionMode.Greedy });
        }
        else
        {
            EmitLoop(repetition);
        }
    }

    private void EmitLoop(RepetitionNode repetition)
    {
        for (int i = 0; i < repetition.Minimum; i++)
        {
            Emit(repetition.Body);
        }

        bool endless = repetition.Maximum == int.MaxValue;
        if (endless && PatternWidth.CanBeEmpty(repetition.Body))
        {
            throw new FormatException("an unbounded repetition of something that may be empty is not supported");
        }

        List<int> splits = [];
        int optional = endless ? 1 : repetition.Maximum - repetition.Minimum;
        for (int i = 0; i < optional; i++)
        {
            splits.Add(Emit(new Instruction(Operation.Split)));
            Emit(repetition.Body);
        }

        if (endless)
        {
            Emit(new Instruction(Operation.Jump, splits[0]));
        }

        CodePointSet? start = PatternStart.Of(repetition.Body);
        foreach (int split in splits)
        {
            (int body, int end) = (split + 1, _code.Count);
            _code[split] = repetition.Mode == RepetitionMode.Lazy
                ? new Instruction(Operation.Split, end, body)
                : new Instruction(Operation.Split, body, end, start);
        }
    }

    private void EmitLookaround(LookaroundNode look)
    {
        if (!look.Behind)
        {
            EmitNested(new Instruction(Operation.LookAhead, Negative: look.Negative), look.Body);
            return;
        }

        int width = PatternWidth.Fixed(look.Body)
            ?? throw new FormatException("a condition on what stands before must have one width, in characters");
        EmitNested(new Instruction(Operation.LookBehind, Second: width, Negative: look.Negative), look.Body);
    }

    private void EmitNested(Instruction head, PatternNode body)
    {
        int start = Emit(head);
        Emit(body);
        Emit(new Instruction(Operation.Accept));
        _code[start] = head with { First = _code.Count };
    }
}
