using DaprMoE.Text.Jinja.Syntax;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Evaluation;

/// <summary>Gives values to targets, taking sequences apart where there are several.</summary>
internal static class Assignment
{
    public static void Assign(Interpreter interpreter, Scope scope, Target target, Value value)
    {
        switch (target)
        {
            case NameTarget name:
                scope.Set(name.Identifier, value);
                break;
            case NamespaceTarget attribute:
                if (scope.Find(attribute.Identifier) is not NamespaceValue space)
                {
                    throw new JinjaException($"cannot assign attribute on non-namespace object '{attribute.Identifier}'");
                }

                interpreter.Meter.Items(1);
                space.Set(attribute.Attribute, value);
                break;
            case TupleTarget tuple:
                Unpack(interpreter, scope, tuple, value);
                break;
        }
    }

    private static void Unpack(Interpreter interpreter, Scope scope, TupleTarget tuple, Value value)
    {
        IReadOnlyList<Value> items = value.Iterate() is null
            ? throw new JinjaException($"cannot unpack non-iterable {value.TypeName} object")
            : interpreter.ListOf(value);
        if (items.Count != tuple.Items.Count)
        {
            throw new JinjaException($"expected {tuple.Items.Count} values to unpack, found {items.Count}");
        }

        for (int i = 0; i < items.Count; i++)
        {
            Assign(interpreter, scope, tuple.Items[i], items[i]);
        }
    }
}
