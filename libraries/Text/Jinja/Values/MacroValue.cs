using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>A macro with the scope it was defined in; the body of a <c>call</c> block is one without a name.</summary>
internal sealed class MacroValue(string? name, MacroSignature signature, Body body, Scope around) : Value
{
    public override string TypeName => "Macro";

    public override bool IsCallable => true;

    public override Value? Attribute(string attribute) => attribute switch
    {
        "name" => name is null ? NoneValue.Instance : new StringValue(name),
        "arguments" => new TupleValue([.. signature.Parameters.Select(parameter => new StringValue(parameter.Name))]),
        "caller" => BoolValue.Of(signature.ReadsCaller),
        "catch_varargs" => BoolValue.Of(signature.ReadsVarargs),
        "catch_kwargs" => BoolValue.Of(signature.ReadsKwargs),
        _ => null,
    };

    public override Value Call(Interpreter interpreter, Arguments arguments)
    {
        interpreter.Meter.Enter();
        Scope scope = new(around);
        Dictionary<string, Value> named = new(StringComparer.Ordinal);
        foreach ((string key, Value value) in arguments.Named)
        {
            if (!named.TryAdd(key, value))
            {
                throw new JinjaException($"macro '{name}' got two values for the argument '{key}'");
            }
        }

        BindParameters(interpreter, arguments.Positional, named, scope);
        BindCaller(named, scope);
        BindRest(interpreter, arguments.Positional, named, scope);
        StringValue written = interpreter.Capture(scope, body);
        interpreter.Meter.Leave();
        return written;
    }

    public override void WriteRepr(ValueWriter writer) => writer.Write(name is null ? "<Macro anonymous>" : $"<Macro '{name}'>");

    private void BindParameters(Interpreter interpreter, IReadOnlyList<Value> positional, Dictionary<string, Value> named, Scope scope)
    {
        for (int i = 0; i < signature.Parameters.Count; i++)
        {
            (string parameter, Expression? absent) = signature.Parameters[i];
            Value value;
            if (i < positional.Count)
            {
                value = positional[i];
            }
            else if (!named.Remove(parameter, out value!))
            {
                value = absent is null
                    ? new UndefinedValue($"parameter '{parameter}' was not provided")
                    : interpreter.EvaluateIn(scope, absent);
            }

            scope.Set(parameter, value);
        }
    }

    private void BindCaller(Dictionary<string, Value> named, Scope scope)
    {
        if (signature.ReadsCaller && !signature.Parameters.Any(parameter => parameter.Name == "caller"))
        {
            scope.Set("caller", named.Remove("caller", out Value? caller) ? caller : new UndefinedValue("No caller defined"));
        }
    }

    private void BindRest(Interpreter interpreter, IReadOnlyList<Value> positional, Dictionary<string, Value> named, Scope scope)
    {
        if (signature.ReadsKwargs)
        {
            DictValue kwargs = new(interpreter.Meter);
            foreach ((string key, Value value) in named)
            {
                kwargs.Put(new StringValue(key), value);
            }

            scope.Set("kwargs", kwargs);
        }
        else if (named.Count > 0)
        {
            string first = named.Keys.First();
            throw new JinjaException(first == "caller"
                ? $"macro '{name}' is called with a body but never calls caller()"
                : $"macro '{name}' takes no keyword argument '{first}'");
        }

        int taken = Math.Min(positional.Count, signature.Parameters.Count);
        if (signature.ReadsVarargs)
        {
            scope.Set("varargs", new TupleValue([.. positional.Skip(taken)]));
        }
        else if (positional.Count > taken)
        {
            throw new JinjaException($"macro '{name}' takes not more than {signature.Parameters.Count} argument(s)");
        }
    }
}
