using System.Numerics;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Operators;
using DaprMoE.Text.Jinja.Syntax;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Evaluation;

/// <summary>Gives expressions their values.</summary>
internal sealed class ExpressionEvaluator(Interpreter interpreter)
{
    private readonly Meter _meter = interpreter.Meter;

    public Value Evaluate(Expression expression)
    {
        _meter.Step();
        interpreter.Line = expression.Line;
        if (expression is Constant constant)
        {
            return constant.Value;
        }

        if (expression is Name name)
        {
            return interpreter.Scope.Find(name.Identifier) ?? UndefinedValue.Variable(name.Identifier);
        }

        _meter.Enter();
        Value value = EvaluateNode(expression);
        _meter.Leave();
        return value;
    }

    public Arguments EvaluateArguments(CallArguments arguments)
    {
        if (ReferenceEquals(arguments, CallArguments.None))
        {
            return Arguments.None;
        }

        List<Value> positional = [.. arguments.Positional.Select(Evaluate)];
        List<KeyValuePair<string, Value>> named = [.. arguments.Named.Select(one => KeyValuePair.Create(one.Name, Evaluate(one.Value)))];
        if (arguments.More is not null)
        {
            positional.AddRange(interpreter.ListOf(Evaluate(arguments.More)));
        }

        if (arguments.MoreNamed is not null)
        {
            named.AddRange(EvaluateNamed(arguments.MoreNamed));
        }

        return new Arguments(positional, named);
    }

    public Value ApplyFilter(Filter filter, Value subject)
    {
        Arguments arguments = EvaluateArguments(filter.Arguments);
        interpreter.Line = filter.Line;
        return interpreter.CallFilter(filter.Identifier, subject, arguments);
    }

    private Value EvaluateNode(Expression expression) => expression switch
    {
        AttributeAccess access => Access.Attribute(EvaluateAt(access.Owner, access.Line), access.Attribute, _meter),
        ItemAccess { Key: Slice slice } access => EvaluateSlice(Evaluate(access.Owner), slice),
        ItemAccess access => EvaluateItem(access),
        Call call => EvaluateCall(call),
        Filter filter => ApplyFilter(filter, Evaluate(filter.Subject!)),
        Test test => EvaluateTest(test),
        Arithmetical sum => EvaluateArithmetical(sum),
        Comparison comparison => BoolValue.Of(EvaluateComparison(comparison)),
        Logical logical => EvaluateLogical(logical),
        Negation negation => BoolValue.Of(!Evaluate(negation.Operand).IsTrue),
        Conditional conditional => EvaluateConditional(conditional),
        Concatenation concatenation => EvaluateConcatenation(concatenation),
        ListLiteral list => new ListValue(EvaluateAll(list.Items)),
        TupleLiteral tuple => new TupleValue(EvaluateAll(tuple.Items)),
        DictLiteral dict => EvaluateDict(dict),
        Sign { IsMinus: true } sign => Arithmetic.Negate(EvaluateAt(sign.Operand, sign.Line)),
        Sign sign => Arithmetic.Keep(EvaluateAt(sign.Operand, sign.Line)),
        Slice slice => throw new JinjaException("a slice stands beside other keys", line: slice.Line),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    /// <summary>Evaluates an operand and returns to the line of its operator.</summary>
    private Value EvaluateAt(Expression operand, int line)
    {
        Value value = Evaluate(operand);
        interpreter.Line = line;
        return value;
    }

    private Value[] EvaluateAll(IReadOnlyList<Expression> items)
    {
        _meter.Items(items.Count);
        return [.. items.Select(Evaluate)];
    }

    private DictValue EvaluateDict(DictLiteral literal)
    {
        _meter.Items(literal.Entries.Count);
        DictValue dict = new(_meter);
        foreach ((Expression key, Expression value) in literal.Entries)
        {
            dict.Put(Evaluate(key), Evaluate(value));
        }

        return dict;
    }

    private Value EvaluateItem(ItemAccess access)
    {
        Value owner = Evaluate(access.Owner);
        return Access.Item(owner, EvaluateAt(access.Key, access.Line), _meter);
    }

    private Value EvaluateSlice(Value owner, Slice slice)
    {
        SliceBounds bounds = new(EvaluateBound(slice.Start), EvaluateBound(slice.Stop), EvaluateBound(slice.Step));
        interpreter.Line = slice.Line;
        return owner is UndefinedValue undefined ? throw undefined.Error()
            : owner.Slice(bounds, _meter) ?? throw new JinjaException($"'{owner.TypeName}' object is not subscriptable");
    }

    private BigInteger? EvaluateBound(Expression? bound)
    {
        Value value = bound is null ? NoneValue.Instance : Evaluate(bound);
        return value is NoneValue ? null
            : Numbers.TryInteger(value, out BigInteger number) ? number
            : throw new JinjaException($"slice indices must be integers or none, not '{value.TypeName}'");
    }

    private Value EvaluateCall(Call call)
    {
        Value callee = Evaluate(call.Callee);
        Arguments arguments = EvaluateArguments(call.Arguments);
        interpreter.Line = call.Line;
        return callee.Call(interpreter, arguments);
    }

    private BoolValue EvaluateTest(Test test)
    {
        Value subject = Evaluate(test.Subject);
        Arguments arguments = EvaluateArguments(test.Arguments);
        interpreter.Line = test.Line;
        return BoolValue.Of(interpreter.CallTest(test.Identifier, subject, arguments));
    }

    private Value EvaluateArithmetical(Arithmetical node)
    {
        Value left = Evaluate(node.Left);
        return Arithmetic.Apply(node.Symbol, left, EvaluateAt(node.Right, node.Line), interpreter);
    }

    private Value EvaluateLogical(Logical node)
    {
        Value left = Evaluate(node.Left);
        return left.IsTrue == node.IsAnd ? Evaluate(node.Right) : left;
    }

    private Value EvaluateConditional(Conditional node)
    {
        if (Evaluate(node.Test).IsTrue)
        {
            return Evaluate(node.Then);
        }

        return node.Otherwise is null
            ? new UndefinedValue("the inline if-expression has no else and its test is false")
            : Evaluate(node.Otherwise);
    }

    private bool EvaluateComparison(Comparison node)
    {
        Value left = Evaluate(node.First);
        foreach ((string symbol, Expression operand) in node.Rest)
        {
            Value right = EvaluateAt(operand, node.Line);
            if (!Compare(symbol, left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }

    private bool Compare(string symbol, Value left, Value right) => symbol switch
    {
        "==" => interpreter.Equality.Equals(left, right),
        "!=" => !interpreter.Equality.Equals(left, right),
        "in" => Sequences.Contains(right, left, interpreter),
        "not in" => !Sequences.Contains(right, left, interpreter),
        _ => interpreter.Ordering.Holds(symbol, left, right),
    };

    private StringValue EvaluateConcatenation(Concatenation node)
    {
        Value[] parts = [.. node.Parts.Select(Evaluate)];
        bool isMarkup = interpreter.Autoescapes && parts.Any(part => part is StringValue { IsMarkup: true });
        TextBuilder text = new(_meter);
        foreach (Value part in parts)
        {
            text.Append(isMarkup ? Html.Escape(part, interpreter).Text : interpreter.TextOf(part));
        }

        return new StringValue(text.Finish(), isMarkup);
    }

    private IEnumerable<KeyValuePair<string, Value>> EvaluateNamed(Expression expression)
    {
        Value value = Evaluate(expression);
        return value is DictValue dict
            ? dict.Entries.Select(entry => KeyValuePair.Create(interpreter.TextOf(entry.Key), entry.Value))
            : throw new JinjaException($"'**' needs a dict, not '{value.TypeName}'");
    }
}
