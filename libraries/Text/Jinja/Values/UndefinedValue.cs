using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>What is missing: prints as nothing, is false and empty; using it further is the error <paramref name="message"/>.</summary>
internal sealed class UndefinedValue(string message) : Value
{
    public override string TypeName => "Undefined";

    public override int? Length => 0;

    public static UndefinedValue Variable(string name) => new($"'{name}' is undefined");

    /// <summary>An attribute that exists in Python and must not be reached.</summary>
    public static UndefinedValue Unsafe(Value owner, string name) =>
        new($"access to attribute '{name}' of '{owner.TypeName}' object is unsafe.");

    public JinjaException Error() => new(message);

    public override IEnumerable<Value> Iterate() => [];

    public override Value Call(Interpreter interpreter, Arguments arguments) => throw Error();

    public override void WriteRepr(ValueWriter writer) => writer.Write("Undefined");

    public override void WriteText(ValueWriter writer)
    {
    }
}
