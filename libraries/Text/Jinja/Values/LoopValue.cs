using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Methods;
using DaprMoE.Text.Jinja.Natives;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>The variable <c>loop</c>.</summary>
internal sealed class LoopValue(IReadOnlyList<Value> items, int depth, Interpreter interpreter, LoopRunner? recursion) : Value
{
    private int _index = -1;
    private Value? _lastChanged;

    public override string TypeName => "LoopContext";

    public override bool IsTrue => true;

    public override int? Length => items.Count;

    public override bool IsCallable => recursion is not null;

    /// <summary>Number of the current item, from 0.</summary>
    public int Index => _index;

    public void Advance() => _index++;

    /// <summary>True when the value is not the one given in the last call.</summary>
    public bool Changed(Value value)
    {
        bool changed = _lastChanged is null || !interpreter.Equality.Equals(_lastChanged, value);
        _lastChanged = value;
        return changed;
    }

    public override Value? Attribute(string name) => name switch
    {
        "index" => IntValue.Of(_index + 1),
        "index0" => IntValue.Of(_index),
        "revindex" => IntValue.Of(items.Count - _index),
        "revindex0" => IntValue.Of(items.Count - _index - 1),
        "first" => BoolValue.Of(_index == 0),
        "last" => BoolValue.Of(_index == items.Count - 1),
        "length" => IntValue.Of(items.Count),
        "depth" => IntValue.Of(depth + 1),
        "depth0" => IntValue.Of(depth),
        "previtem" => _index > 0 ? items[_index - 1] : new UndefinedValue("there is no previous item"),
        "nextitem" => _index + 1 < items.Count ? items[_index + 1] : new UndefinedValue("there is no next item"),
        _ => LoopMethods.Loop.Bind(this, name),
    };

    public override Value Call(Interpreter interpreter, Arguments arguments)
    {
        if (recursion is null)
        {
            throw new JinjaException("the loop is called but is not marked 'recursive'");
        }

        return arguments is { Positional: [var items], Named: [] }
            ? recursion.Recurse(items, depth + 1)
            : throw new JinjaException("loop() takes one argument, the items of the next level");
    }

    public override void WriteRepr(ValueWriter writer) => writer.Write($"<LoopContext {_index + 1}/{items.Count}>");
}
