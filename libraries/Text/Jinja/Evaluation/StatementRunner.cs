using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Syntax;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Evaluation;

/// <summary>Runs statements.</summary>
internal sealed class StatementRunner(Interpreter interpreter)
{
    public Flow Run(Body body)
    {
        interpreter.Meter.Enter();
        Flow flow = Flow.Next;
        for (int i = 0; flow == Flow.Next && i < body.Statements.Count; i++)
        {
            interpreter.Meter.Step();
            flow = RunOne(body.Statements[i]);
        }

        interpreter.Meter.Leave();
        return flow;
    }

    private Flow RunOne(Statement statement)
    {
        interpreter.Line = statement.Line;
        switch (statement)
        {
            case TextOutput text:
                interpreter.Output.Append(text.Text);
                return Flow.Next;
            case ValueOutput output:
                Write(interpreter.Evaluate(output.Value));
                return Flow.Next;
            case If branches:
                return RunIf(branches);
            case For loop:
                LoopRunner.Start(interpreter, loop);
                return Flow.Next;
            case Break:
                return Flow.Break;
            case Continue:
                return Flow.Continue;
            case With with:
                return RunWith(with);
            case Autoescape autoescape:
                return RunAutoescape(autoescape);
            default:
                RunPlain(statement);
                return Flow.Next;
        }
    }

    private void RunPlain(Statement statement)
    {
        switch (statement)
        {
            case Set set:
                Assignment.Assign(interpreter, interpreter.Scope, set.Target, interpreter.Evaluate(set.Value));
                break;
            case SetBlock block:
                Value captured = interpreter.Capture(new Scope(interpreter.Scope), block.Body);
                captured = block.Filter is null ? captured : ApplyFilters(block.Filter, captured);
                Assignment.Assign(interpreter, interpreter.Scope, block.Target, captured);
                break;
            case MacroDefinition macro:
                interpreter.Scope.Set(macro.Identifier, new MacroValue(macro.Identifier, macro.Signature, macro.Body, interpreter.Scope));
                break;
            case CallBlock call:
                RunCall(call);
                break;
            case FilterBlock filter:
                Write(ApplyFilters(filter.Filter, interpreter.Capture(new Scope(interpreter.Scope), filter.Body)));
                break;
            case Block block:
                interpreter.RunIn(new Scope(interpreter.TemplateScope), block.Body);
                break;
            case OtherTemplate other:
                throw new JinjaException($"'{other.Tag}' is not possible: a chat template stands alone");
            default:
                throw new NotSupportedException(statement.GetType().Name);
        }
    }

    private void Write(Value value) =>
        interpreter.Output.Append(interpreter.Autoescapes ? Html.Escape(value, interpreter).Text : interpreter.TextOf(value));

    private Flow RunIf(If branches)
    {
        foreach ((Expression test, Body then) in branches.Branches)
        {
            if (interpreter.Evaluate(test).IsTrue)
            {
                return interpreter.Run(then);
            }
        }

        return interpreter.Run(branches.Otherwise);
    }

    private Flow RunWith(With with)
    {
        Scope scope = new(interpreter.Scope);
        foreach ((Target target, Expression value) in with.Bindings)
        {
            scope.Set(((NameTarget)target).Identifier, interpreter.Evaluate(value));
        }

        return interpreter.RunIn(scope, with.Body);
    }

    private Flow RunAutoescape(Autoescape statement)
    {
        bool outer = interpreter.Autoescapes;
        interpreter.Autoescapes = interpreter.Evaluate(statement.Enabled).IsTrue;
        Flow flow = interpreter.RunIn(new Scope(interpreter.Scope), statement.Body);
        interpreter.Autoescapes = outer;
        return flow;
    }

    private void RunCall(CallBlock block)
    {
        Value callee = interpreter.Evaluate(block.Call.Callee);
        Arguments arguments = interpreter.Evaluate(block.Call.Arguments);
        MacroValue caller = new(null, block.Signature, block.Body, interpreter.Scope);
        interpreter.Line = block.Line;
        List<KeyValuePair<string, Value>> named = [.. arguments.Named, new("caller", caller)];
        Write(callee.Call(interpreter, arguments with { Named = named }));
    }

    /// <summary>Applies filters from the innermost on, whose subject is the captured text.</summary>
    private Value ApplyFilters(Filter filter, Value captured) =>
        interpreter.ApplyFilter(filter, filter.Subject is Filter inner ? ApplyFilters(inner, captured) : captured);
}
