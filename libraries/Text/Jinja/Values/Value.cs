using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>A value of the template language; it behaves as Python's of the same type name.</summary>
internal abstract class Value
{
    /// <summary>Python's name of the type, for messages.</summary>
    public abstract string TypeName { get; }

    public virtual bool IsTrue => Length != 0;

    /// <summary>Number of items or code points; null for types without a length.</summary>
    public virtual int? Length => null;

    public virtual bool IsCallable => false;

    /// <summary>The items, or null when the type can't be iterated.</summary>
    public virtual IEnumerable<Value>? Iterate() => null;

    /// <summary>What <c>value.name</c> means before items are looked at; null when there is no such attribute.</summary>
    public virtual Value? Attribute(string name) => null;

    /// <summary>What <c>value[key]</c> means; null when there is no such item.</summary>
    public virtual Value? Item(Value key, Meter meter) => null;

    /// <summary>What <c>value[a:b:c]</c> means; null when the type can't be sliced.</summary>
    public virtual Value? Slice(SliceBounds bounds, Meter meter) => null;

    public virtual Value Call(Interpreter interpreter, Arguments arguments) =>
        throw new JinjaException($"'{TypeName}' object is not callable");

    /// <summary>Writes Python's <c>repr</c>.</summary>
    public abstract void WriteRepr(ValueWriter writer);

    /// <summary>Writes Python's <c>str</c>.</summary>
    public virtual void WriteText(ValueWriter writer) => WriteRepr(writer);
}
