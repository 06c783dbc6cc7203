using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Natives;

/// <summary>Arguments of one call as written: positional ones, then those with a name.</summary>
internal sealed record Arguments(IReadOnlyList<Value> Positional, IReadOnlyList<KeyValuePair<string, Value>> Named)
{
    public static readonly Arguments None = new([], []);

    public static Arguments Of(params Value[] positional) => new(positional, []);
}
