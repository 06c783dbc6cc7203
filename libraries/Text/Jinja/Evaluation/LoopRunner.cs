using DaprMoE.Text.Jinja.Syntax;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Evaluation;

/// <summary>Runs one <c>for</c> statement, at each depth of its recursion.</summary>
internal sealed class LoopRunner(Interpreter interpreter, For loop, Scope around)
{
    /// <summary>Runs a loop from its statement.</summary>
    public static void Start(Interpreter interpreter, For loop) =>
        new LoopRunner(interpreter, loop, interpreter.Scope).Run(interpreter.Evaluate(loop.Items), 0);

    /// <summary>What the loop writes for the items of another value: a call of <c>loop</c>.</summary>
    public StringValue Recurse(Value items, int depth) => interpreter.Capture(() => Run(items, depth));

    private void Run(Value value, int depth)
    {
        IReadOnlyList<Value> items = Accepted(interpreter.ListOf(value));
        LoopValue state = new(items, depth, interpreter, loop.IsRecursive ? this : null);
        bool completedOnce = false;
        Flow flow = Flow.Next;
        for (int i = 0; i < items.Count && flow != Flow.Break; i++)
        {
            interpreter.Meter.Step();
            state.Advance();
            Scope scope = NewScope(items[i]);
            scope.Set("loop", state);
            flow = interpreter.RunIn(scope, loop.Body);
            completedOnce |= flow == Flow.Next;
        }

        // As in Jinja, an iteration that break or continue cuts short doesn't keep the else branch from running.
        if (!completedOnce)
        {
            interpreter.RunIn(new Scope(around), loop.Otherwise);
        }
    }

    private IReadOnlyList<Value> Accepted(IReadOnlyList<Value> items) =>
        loop.Accepts is null ? items : [.. items.Where(item => interpreter.EvaluateIn(NewScope(item), loop.Accepts).IsTrue)];

    private Scope NewScope(Value item)
    {
        Scope scope = new(around);
        Assignment.Assign(interpreter, scope, loop.Target, item);
        return scope;
    }
}
