using DaprMoE.Text.Jinja.Filters;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Operators;
using DaprMoE.Text.Jinja.Syntax;
using DaprMoE.Text.Jinja.Tests;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Evaluation;

/// <summary>One rendering: its variables, its output so far and what it has used.</summary>
internal sealed class Interpreter
{
    private readonly ExpressionEvaluator _expressions;
    private readonly StatementRunner _statements;
    private readonly Lazy<Random> _random;

    public Interpreter(Scope variables, TemplateLimits limits, TimeProvider clock)
        : this(variables, new Meter(limits, clock), clock)
    {
    }

    public Interpreter(Scope variables, Meter meter, TimeProvider clock)
    {
        Meter = meter;
        Clock = clock;
        Equality = new ValueEquality(meter);
        Ordering = new Ordering(meter);
        Output = new TextBuilder(meter);
        Scope = TemplateScope = new Scope(variables);
        _expressions = new ExpressionEvaluator(this);
        _statements = new StatementRunner(this);
        _random = new Lazy<Random>(() => new Random((int)clock.GetTimestamp()));
    }

    public Meter Meter { get; }

    public TimeProvider Clock { get; }

    public ValueEquality Equality { get; }

    public Ordering Ordering { get; }

    public Random Random => _random.Value;

    /// <summary>Where the current part of the template writes.</summary>
    public TextBuilder Output { get; private set; }

    public Scope Scope { get; private set; }

    /// <summary>The variables of the template itself, outside of every loop and macro.</summary>
    public Scope TemplateScope { get; }

    /// <summary>True within <c>autoescape true</c>.</summary>
    public bool Autoescapes { get; set; }

    /// <summary>Line of the node being evaluated.</summary>
    public int Line { get; set; }

    public Value Evaluate(Expression expression) => _expressions.Evaluate(expression);

    public Arguments Evaluate(CallArguments arguments) => _expressions.EvaluateArguments(arguments);

    public Value ApplyFilter(Filter filter, Value subject) => _expressions.ApplyFilter(filter, subject);

    public Flow Run(Body body) => _statements.Run(body);

    /// <summary>Runs a body with a scope of its own.</summary>
    public Flow RunIn(Scope scope, Body body)
    {
        Scope outer = Scope;
        Scope = scope;
        Flow flow = Run(body);
        Scope = outer;
        return flow;
    }

    /// <summary>Evaluates with another scope.</summary>
    public Value EvaluateIn(Scope scope, Expression expression)
    {
        Scope outer = Scope;
        Scope = scope;
        Value value = Evaluate(expression);
        Scope = outer;
        return value;
    }

    /// <summary>What a body writes, as a value.</summary>
    public StringValue Capture(Scope scope, Body body) => Capture(() => RunIn(scope, body));

    /// <summary>What is written meanwhile, as a value.</summary>
    public StringValue Capture(Action write)
    {
        TextBuilder outer = Output;
        Output = new TextBuilder(Meter);
        write();
        StringValue captured = new(Output.Finish(), Autoescapes);
        Output = outer;
        return captured;
    }

    /// <summary>Python's <c>str</c> of a value.</summary>
    public string TextOf(Value value)
    {
        if (value is StringValue text)
        {
            return text.Text;
        }

        ValueWriter writer = new(Meter);
        writer.WriteText(value);
        return writer.Finish();
    }

    /// <summary>The items of a value; an error when it has none.</summary>
    public IEnumerable<Value> ItemsOf(Value value)
    {
        IEnumerable<Value> items = value.Iterate() ?? throw new JinjaException($"'{value.TypeName}' object is not iterable");
        return items.Select(Counted);
    }

    /// <summary>The items of a value at once.</summary>
    public IReadOnlyList<Value> ListOf(Value value)
    {
        if (value is SequenceValue sequence)
        {
            return sequence.Items;
        }

        List<Value> items = [];
        foreach (Value item in ItemsOf(value))
        {
            Meter.Items(1);
            items.Add(item);
            if (items.Count > Meter.Limits.Items)
            {
                Meter.Items(items.Count);
            }
        }

        return items;
    }

    public Value CallFilter(string name, Value subject, Arguments arguments) =>
        FilterTable.All.Find(name).Invoke(this, subject, arguments);

    public bool CallTest(string name, Value subject, Arguments arguments) =>
        TestTable.All.Find(name).Invoke(this, subject, arguments).IsTrue;

    private Value Counted(Value item)
    {
        Meter.Step();
        return item;
    }
}
