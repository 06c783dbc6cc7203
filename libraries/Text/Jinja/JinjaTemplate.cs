using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Functions;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Parsing;
using DaprMoE.Text.Jinja.Syntax;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja;

/// <summary>A parsed template; it can be rendered by several threads at once.</summary>
internal sealed class JinjaTemplate
{
    private readonly Body _body;
    private readonly string _name;
    private readonly TimeProvider _clock;
    private readonly TemplateLimits _limits;

    private JinjaTemplate(Body body, string name, TimeProvider clock, TemplateLimits limits)
    {
        _body = body;
        _name = name;
        _clock = clock;
        _limits = limits;
    }

    public static JinjaTemplate Parse(string source, string name, TimeProvider clock, TemplateLimits limits)
    {
        try
        {
            return new JinjaTemplate(TemplateParser.Parse(source, limits), name, clock, limits);
        }
        catch (JinjaException error)
        {
            throw new TemplateException(error.Message, name, error.Line ?? 0, raisedByTemplate: false, error);
        }
    }

    /// <summary>Renders with variables that are made under the same limits.</summary>
    public string Render(Func<Meter, IEnumerable<KeyValuePair<string, Value>>> makeVariables)
    {
        int line = 0;
        try
        {
            Meter meter = new(_limits, _clock);
            Scope globals = new(null);
            foreach (Native function in GlobalFunctions.All.Natives)
            {
                globals.Set(function.Name, new FunctionValue(function));
            }

            globals.Set("self", new OpaqueValue("TemplateReference"));
            Scope variables = new(globals);
            foreach ((string name, Value value) in makeVariables(meter))
            {
                variables.Set(name, value);
            }

            Interpreter interpreter = new(variables, meter, _clock);
            return Run(interpreter, ref line);
        }
        catch (JinjaException error)
        {
            throw new TemplateException(error.Message, _name, error.Line ?? line, error.RaisedByTemplate, error);
        }
    }

    private string Run(Interpreter interpreter, ref int line)
    {
        try
        {
            interpreter.Run(_body);
            return interpreter.Output.Finish();
        }
        finally
        {
            line = interpreter.Line;
        }
    }
}
