using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Natives;

/// <summary>A filter, test, function or method written here: its name, its parameters and what it does.</summary>
internal sealed class Native(string name, string parameters, Func<NativeCall, Value> body)
{
    private readonly Parameters _parameters = new(parameters);

    public string Name { get; } = name;

    public Value Invoke(Interpreter interpreter, Value subject, Arguments arguments)
    {
        interpreter.Meter.Step();
        (Value?[] bound, Arguments further) = _parameters.Bind(Name, arguments);
        return body(new NativeCall(interpreter, Name, subject, bound, further));
    }
}
