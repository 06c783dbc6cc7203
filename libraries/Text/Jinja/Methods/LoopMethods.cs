using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Methods of <c>loop</c> and of cyclers.</summary>
internal static class LoopMethods
{
    public static readonly MethodTable Loop = new(
    [
        new Native("cycle", "*", Cycle),
        new Native("changed", "*", call => BoolValue.Of(((LoopValue)call.Subject).Changed(new TupleValue(call.Further.Positional)))),
    ]);

    public static readonly MethodTable Cycler = new(
    [
        new Native("next", "", call => ((CyclerValue)call.Subject).Next()),
        new Native("reset", "", Reset),
    ]);

    private static Value Cycle(NativeCall call)
    {
        IReadOnlyList<Value> items = call.Further.Positional;
        return items.Count > 0
            ? items[((LoopValue)call.Subject).Index % items.Count]
            : throw new JinjaException("no items for cycling given");
    }

    private static NoneValue Reset(NativeCall call)
    {
        ((CyclerValue)call.Subject).Reset();
        return NoneValue.Instance;
    }
}
