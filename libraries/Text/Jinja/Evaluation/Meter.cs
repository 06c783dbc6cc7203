using System.Runtime.CompilerServices;

namespace DaprMoE.Text.Jinja.Evaluation;

/// <summary>Counts what one rendering uses and ends it at the limits.</summary>
internal sealed class Meter(TemplateLimits limits, TimeProvider clock)
{
    private const int CharactersPerStep = 64;
    private const int CharactersPerItem = 16;
    private const int StepsPerLookAtTheClock = 1024;

    private readonly long _started = clock.GetTimestamp();
    private long _steps;
    private long _nextLook = StepsPerLookAtTheClock;
    private long _text;
    private int _depth;

    public TemplateLimits Limits { get; } = limits;

    public void Step(long cost = 1)
    {
        _steps += cost;
        if (_steps > Limits.Steps)
        {
            throw new JinjaException($"the template takes more than {Limits.Steps} steps");
        }

        if (_steps >= _nextLook)
        {
            _nextLook = _steps + StepsPerLookAtTheClock;
            LookAtTheClock();
        }
    }

    /// <summary>Accounts for looking through text without building any.</summary>
    public void Scan(long characters) => Step(1 + (characters / CharactersPerStep));

    /// <summary>Refuses a text before it is built.</summary>
    public void Text(long length)
    {
        if (length > Limits.TextLength)
        {
            throw new JinjaException($"a text of {length} characters is longer than the limit of {Limits.TextLength}");
        }

        Occupy(length);
        Scan(length);
    }

    /// <summary>Refuses a list, tuple or dict before it is built.</summary>
    public void Items(long count)
    {
        if (count > Limits.Items)
        {
            throw new JinjaException($"a list of {count} items is longer than the limit of {Limits.Items}");
        }

        Occupy(count * CharactersPerItem);
        Scan(count);
    }

    public void Enter()
    {
        if (++_depth > Limits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new JinjaException($"the template nests deeper than {Limits.Nesting} levels");
        }
    }

    public void Leave() => _depth--;

    private void Occupy(long characters)
    {
        _text += characters;
        if (_text > Limits.TotalText)
        {
            throw new JinjaException($"the template builds more than {Limits.TotalText} characters of text");
        }
    }

    private void LookAtTheClock()
    {
        if (clock.GetElapsedTime(_started) > Limits.Time)
        {
            throw new JinjaException($"the template takes longer than {Limits.Time.TotalSeconds} s");
        }
    }
}
