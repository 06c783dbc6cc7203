using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>A function of the language, or a method with the value it belongs to.</summary>
internal sealed class FunctionValue(Native native, Value? receiver = null) : Value
{
    public override string TypeName => receiver is null ? "function" : "builtin_function_or_method";

    public override bool IsCallable => true;

    public override Value Call(Interpreter interpreter, Arguments arguments)
    {
        Value result = native.Invoke(interpreter, receiver ?? NoneValue.Instance, arguments);
        bool staysMarkup = receiver is StringValue { IsMarkup: true } && result is StringValue { IsMarkup: false };
        return staysMarkup ? new StringValue(((StringValue)result).Text, isMarkup: true) : result;
    }

    public override void WriteRepr(ValueWriter writer) => writer.Write($"<function {native.Name}>");
}
