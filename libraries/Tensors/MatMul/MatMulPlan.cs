namespace DaprMoE.Tensors;

/// <summary>Lays the tasks of one call out as one sequence of units, each 32 columns of a task, weighted by what they cost.</summary>
internal sealed unsafe class MatMulPlan(TileSizes sizes, int workers, long maxPackedFloats)
{
    /// <summary>Roughly how many floating-point operations take as long as reading one byte of weights.</summary>
    private const long OperationsPerByte = 8;

    /// <summary>With fewer units per worker the last one to finish is waited for too long.</summary>
    private const int MinUnitsPerWorker = 4;

    private PlannedTask[] _tasks = new PlannedTask[16];

    private int _count;

    /// <summary>The tasks that have work.</summary>
    public ReadOnlySpan<PlannedTask> Tasks => _tasks.AsSpan(0, _count);

    public long PackedFloats { get; private set; }

    public long TotalCost { get; private set; }

    public void Build(ReadOnlySpan<MatMulTask> tasks, float* packed)
    {
        Reserve(tasks.Length);
        PackedFloats = 0;
        var units = 0L;
        foreach (ref readonly var task in tasks)
        {
            RequireFits(task);
            if (task.Rows > 0 && task.Columns > 0)
            {
                Add(task, packed);
                units += task.Units;
            }
        }

        RequirePackable();
        AssignCosts(units);
    }

    /// <summary>The rows of a part. All but the last part end behind a full tile.</summary>
    public (int First, int End) RowsOf(in PlannedTask planned, int part)
    {
        var leading = sizes.LeadingTiles(planned.Task.Rows);
        var first = sizes.Full * (int)((long)leading * part / planned.Parts);
        var end = part + 1 == planned.Parts ? planned.Task.Rows : sizes.Full * (int)((long)leading * (part + 1) / planned.Parts);
        return (first, end);
    }

    private static void RequireFits(in MatMulTask task)
    {
        var panels = task.Units * task.PanelsPerUnit;
        if (panels > task.Weights.Panels)
        {
            throw new ArgumentException(
                $"A task asks for {task.Columns} columns ({task.Activation}), but its weights have {task.Weights.Outputs} outputs.");
        }
    }

    private void Reserve(int count)
    {
        _count = 0;
        if (count > _tasks.Length)
        {
            _tasks = new PlannedTask[Math.Max(count, 2 * _tasks.Length)];
        }
    }

    private void Add(in MatMulTask task, float* packed)
    {
        ref var planned = ref _tasks[_count];
        planned = new PlannedTask { Task = task, PackOffset = -1 };
        if (task.Rows > 1)
        {
            if (_count > 0 && task.ReadsSameRowsAs(_tasks[_count - 1].Task))
            {
                planned.Packed = _tasks[_count - 1].Packed;
            }
            else
            {
                planned.PackOffset = PackedFloats;
                planned.Packed = packed + PackedFloats;
                PackedFloats += (long)task.Rows * task.Weights.Inputs;
            }
        }

        _count++;
    }

    private void RequirePackable()
    {
        if (PackedFloats > maxPackedFloats)
        {
            throw new ArgumentException(
                $"The inputs of this call hold {PackedFloats} floats, but this MatMul was made for {maxPackedFloats}: " +
                "run fewer rows at once or raise maxPackedFloats.");
        }
    }

    private void AssignCosts(long units)
    {
        var wanted = units == 0 ? 1 : (int)((((long)MinUnitsPerWorker * workers) + units - 1) / units);
        TotalCost = 0;
        foreach (ref var planned in _tasks.AsSpan(0, _count))
        {
            ref readonly var task = ref planned.Task;
            planned.Parts = workers == 1 ? 1 : Math.Clamp(wanted, 1, Math.Max(1, sizes.LeadingTiles(task.Rows)));
            planned.FirstCost = TotalCost;
            var operations = 2L * PackedMatrix.PanelWidth * task.Weights.Inputs * (task.Rows / planned.Parts);
            planned.UnitCost = task.PanelsPerUnit * Math.Max(1, Math.Max(operations, OperationsPerByte * task.Weights.PanelBytes));
            TotalCost += planned.UnitCost * planned.Units;
        }
    }
}
