using System.Runtime.CompilerServices;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>Runs a compiled pattern over a text, code point by code point, with backtracking and a bound on all steps together.</summary>
internal ref struct PatternMatcher(Instruction[] code, ReadOnlySpan<char> text)
{
    private const int NoMatch = -1;
    private const long FreeSteps = 1_000_000;
    private const long StepsPerUnit = 1000;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly long _stepLimit = FreeSteps + (StepsPerUnit * text.Length);
    private Frame[] _frames = new Frame[32];
    private int _frameCount;
    private long _steps;

    /// <summary>Where the match that begins at <paramref name="position"/> ends; -1 if none does.</summary>
    /// <exception cref="TimeoutException">The bound on steps is reached.</exception>
    public int MatchAt(int position) => Match(0, position);

    private int Match(int pc, int position)
    {
        int floor = _frameCount;
        while (code[pc].Operation != Operation.Accept)
        {
            if (++_steps > _stepLimit)
            {
                throw new TimeoutException("The bound on steps is reached.");
            }

            if (!TryStep(in code[pc], ref pc, ref position) && !TryBacktrack(floor, ref pc, ref position))
            {
                return NoMatch;
            }
        }

        _frameCount = floor;
        return position;
    }

    private bool TryStep(ref readonly Instruction instruction, ref int pc, ref int position)
    {
        int next = pc + 1;
        pc = instruction.Operation switch
        {
            Operation.Set or Operation.Run or Operation.Anchor => next,
            Operation.Split => Choose(in instruction, position),
            _ => instruction.First,
        };
        return instruction.Operation switch
        {
            Operation.Set => TryTake(instruction.Set!, ref position),
            Operation.Run => TryRun(in instruction, next, ref position),
            Operation.Anchor => PatternAnchor.Holds(instruction.Anchor, _text, position),
            Operation.Atomic => (position = Match(next, position)) != NoMatch,
            Operation.LookAhead => (Match(next, position) != NoMatch) ^ instruction.Negative,
            Operation.LookBehind => LooksBehind(next, position, instruction.Second) ^ instruction.Negative,
            _ => true,
        };
    }

    /// <summary>The branch to go on with; the other is left as a way back.</summary>
    private int Choose(ref readonly Instruction split, int position)
    {
        if (split.Set is { } start && !IsNext(start, position))
        {
            return split.Second;
        }

        Push(new Frame(split.Second, position, position));
        return split.First;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsNext(CodePointSet set, int position) =>
        position < _text.Length && set.Contains(Utf16.CodePointAt(_text, position, out _));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TryTake(CodePointSet set, ref int position)
    {
        if (position == _text.Length || !set.Contains(Utf16.CodePointAt(_text, position, out int length)))
        {
            return false;
        }

        position += length;
        return true;
    }

    /// <summary>Takes as many as there are and leaves a way back to each smaller number that is allowed.</summary>
    private bool TryRun(ref readonly Instruction run, int next, ref int position)
    {
        int count = 0;
        int shortest = position;
        int end = position;
        while (count < run.Second && TryTake(run.Set!, ref end))
        {
            count++;
            if (count == run.First)
            {
                shortest = end;
            }
        }

        _steps += count;
        if (count < run.First)
        {
            return false;
        }

        if (end > shortest && run.Mode == RepetitionMode.Greedy)
        {
            Push(new Frame(next, end, shortest));
        }

        position = end;
        return true;
    }

    private bool LooksBehind(int pc, int position, int width)
    {
        for (; width > 0; width--)
        {
            if (position == 0)
            {
                return false;
            }

            _ = Utf16.CodePointBefore(_text, position, out int length);
            position -= length;
        }

        return Match(pc, position) != NoMatch;
    }

    private void Push(Frame frame)
    {
        if (_frameCount == _frames.Length)
        {
            Array.Resize(ref _frames, _frames.Length * 2);
        }

        _frames[_frameCount++] = frame;
    }

    private bool TryBacktrack(int floor, ref int pc, ref int position)
    {
        if (_frameCount == floor)
        {
            return false;
        }

        ref Frame frame = ref _frames[_frameCount - 1];
        pc = frame.Next;
        position = frame.Position;
        if (position > frame.Shortest)
        {
            _ = Utf16.CodePointBefore(_text, position, out int length);
            position -= length;
            frame = frame with { Position = position };
        }

        if (position == frame.Shortest)
        {
            _frameCount--;
        }

        return true;
    }

    /// <summary>A way back: go on at Next from Position, or, after a run, from every position down to Shortest.</summary>
    private readonly record struct Frame(int Next, int Position, int Shortest);
}
