using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Methods of lists and tuples.</summary>
internal static class SequenceMethods
{
    private static readonly Native[] Shared =
    [
        new("index", "value start? stop?", Index),
        new("count", "value", call => IntValue.Of(Items(call).Count(item => call.Interpreter.Equality.Equals(item, call.Required(0))))),
    ];

    public static readonly MethodTable List = new(
        [.. Shared, new Native("copy", "", call => call.Subject)],
        refused: "append clear extend insert pop remove reverse sort");

    public static readonly MethodTable Tuple = new(Shared);

    private static IReadOnlyList<Value> Items(NativeCall call) => ((SequenceValue)call.Subject).Items;

    private static IntValue Index(NativeCall call)
    {
        IReadOnlyList<Value> items = Items(call);
        SliceBounds bounds = new(call.Integer(1, 0), call.Integer(2, items.Count), null);
        (int start, _, int count) = bounds.Resolve(items.Count);
        for (int i = start; i < start + count; i++)
        {
            if (call.Interpreter.Equality.Equals(items[i], call.Required(0)))
            {
                return IntValue.Of(i);
            }
        }

        throw new JinjaException($"the value is not in the {call.Subject.TypeName}");
    }
}
