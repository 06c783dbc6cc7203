using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Natives;

/// <summary>
/// Parameters of a native, written as <c>"old new count?"</c>: a question mark makes one optional, <c>*</c> takes further positional
/// arguments, <c>**</c> further named ones.
/// </summary>
internal sealed class Parameters
{
    private readonly string[] _names;
    private readonly int _required;
    private readonly bool _takesMore;
    private readonly bool _takesNamed;

    public Parameters(string declaration)
    {
        string[] words = declaration.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _takesMore = words.Contains("*");
        _takesNamed = words.Contains("**");
        _required = words.Count(word => word[^1] is not ('?' or '*'));
        _names = [.. words.Where(word => word[0] != '*').Select(word => word.TrimEnd('?'))];
    }

    /// <summary>Puts each argument into its parameter's place; a place without an argument stays null.</summary>
    public (Value?[] Bound, Arguments Further) Bind(string name, Arguments arguments)
    {
        Value?[] bound = new Value?[_names.Length];
        int placed = Math.Min(_names.Length, arguments.Positional.Count);
        for (int i = 0; i < placed; i++)
        {
            bound[i] = arguments.Positional[i];
        }

        if (arguments.Positional.Count > placed && !_takesMore)
        {
            throw new JinjaException($"{name}() takes at most {_names.Length} argument(s) ({arguments.Positional.Count} given)");
        }

        List<KeyValuePair<string, Value>> named = PlaceNamed(name, arguments, bound);
        for (int i = 0; i < _required; i++)
        {
            if (bound[i] is null)
            {
                throw new JinjaException($"{name}() misses its argument '{_names[i]}'");
            }
        }

        return (bound, new Arguments([.. arguments.Positional.Skip(placed)], named));
    }

    private List<KeyValuePair<string, Value>> PlaceNamed(string name, Arguments arguments, Value?[] bound)
    {
        List<KeyValuePair<string, Value>> further = [];
        foreach (KeyValuePair<string, Value> argument in arguments.Named)
        {
            int place = Array.IndexOf(_names, argument.Key);
            if (place < 0 && _takesNamed)
            {
                further.Add(argument);
            }
            else if (place < 0 || bound[place] is not null)
            {
                string reason = place < 0 ? "has no argument" : "has two values for the argument";
                throw new JinjaException($"{name}() {reason} '{argument.Key}'");
            }
            else
            {
                bound[place] = argument.Value;
            }
        }

        return further;
    }
}
