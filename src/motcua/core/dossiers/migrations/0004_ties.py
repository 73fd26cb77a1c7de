import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0003_secret_answers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tie',
            fields=[
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='tie', serialize=False, to='dossiers.dossier')),
                ('kind', models.CharField(choices=[('complaint', 'Khiếu nại, phản ánh'), ('part', 'Thủ tục liên thông')], max_length=10)),
                ('key', models.CharField(blank=True, max_length=40)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ties', to='dossiers.dossier')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'part')), fields=('of', 'key'), name='one_dossier_per_part')],
            },
        ),
    ]
